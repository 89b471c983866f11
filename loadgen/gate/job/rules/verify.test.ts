import { expect, test } from 'vitest';
import type { Result, Row } from '../../../../reports/gate/index.ts';
import { checkVerifiable, verifySize } from './verify.ts';

const inject = { kind: 'parse', size: 10 } as const;

function aResult(cpu: Partial<Row>, isFinished = true): Result {
  const row = { metric: 'cpu', lower: 0.08, upper: null, blocks: 60, ...cpu } as Row;
  return { isFinished, rows: [row] } as unknown as Result;
}

test.each([
  [0.081, true],
  [0.119, true],
  [0.079, false],
  [0.121, false],
])('verifySize() holds %f against a size of 10 %%', (effect, isTrue) => {
  expect(verifySize(inject, aResult({ effect }))?.isTrue).toBe(isTrue);
});

test('verifySize() says what was found, and nothing of a job without an answer', () => {
  expect(verifySize(inject, aResult({ effect: 0.104 }))?.sentence).toBe(
    'parse:10 costs 10.4 % of CPU per message (8.0 % to ?, 60 blocks): within a fifth of its size',
  );
  expect(verifySize(inject, aResult({ effect: 0.104 }, false))).toBeUndefined();
  expect(verifySize(inject, { isFinished: true, rows: [] } as unknown as Result)).toBeUndefined();
});

test('checkVerifiable() refuses what has no size in CPU', () => {
  expect(checkVerifiable(inject)).toBe(inject);
  expect(() => checkVerifiable(undefined)).toThrow(
    'Cannot verify the size of nothing: wanted --inject parse:SIZE',
  );
  expect(() => checkVerifiable({ kind: 'garbage', size: 400 })).toThrow('"garbage"');
});
