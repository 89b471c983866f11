import { expect, test } from 'vitest';
import { added, causes, count, figure, quantiles, schedule, times, told, twoQuantiles } from './figures.ts';

const all = { p50: 1, p90: 2, p99: 3, p999: 4, max: 5, mean: 1.5 };

test.each([
  ['count', count('Users'), [0, 3], [-1, null, undefined]],
  ['figure', figure('Cores'), [-1, 0.5], [null, '1']],
  ['told', told('Memory'), [1, null], [undefined]],
  ['added', added('Memory'), [1, undefined], [null]],
  ['causes', causes('Failed'), [{}, { refused: 3 }], [{ refused: null }, 3]],
  ['quantiles', quantiles, [all], [{ ...all, p99: undefined }, undefined]],
  ['twoQuantiles', twoQuantiles, [{ p50: 1, p99: 3 }, undefined], [{ p50: 1 }]],
  ['times', times, [{}, { response: all }], [{ response: { p50: 1 } }]],
  ['schedule', schedule, [{ perSecond: 0, ratio: 1 }], [{ perSecond: 0 }]],
])('%s takes what a summary may say, and nothing else', (_name, schema, good, bad) => {
  for (const value of good) expect(schema.parse(value)).toEqual(value);
  for (const value of bad) expect(schema.safeParse(value).success).toBe(false);
});
