import { expect, test } from 'vitest';
import { environmentOf, readStart } from './start.ts';

test('environmentOf() says what readStart() reads, as long for an honest build as for another', () => {
  const honest = { line: '/tmp/a/line', planted: null };
  const other = {
    line: '/tmp/b/line',
    planted: { kind: 'parse', size: 3, elements: 12, share: 0.25 },
  } as const;
  expect(readStart(environmentOf(honest))).toEqual(honest);
  expect(readStart(environmentOf(other))).toEqual(other);
  expect(JSON.stringify(environmentOf(honest)).length - JSON.stringify(honest).length).toBeGreaterThan(0);
  expect(Object.values(environmentOf(honest))[0]).toHaveLength(
    Object.values(environmentOf(other))[0]!.length,
  );
});
