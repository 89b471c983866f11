import { expect, test } from 'vitest';
import { gateReport } from '../testing.ts';

test('looksOf() ends with the look that the row tells', async () => {
  const { rows } = await gateReport('noisy');
  for (const { looks, blocks, effect, lower, upper } of rows)
    expect(looks.at(-1)).toEqual({ blocks, effect, lower, upper });
});

test('looksOf() gives every look before as it was at its own level', async () => {
  const { rows } = await gateReport('noisy');
  const cpu = rows.find(({ metric }) => metric === 'cpu')!;
  expect(cpu.looks.map(({ blocks }) => blocks)).toEqual([12, 20, 32]);
  // At 0.05 % twelve blocks bound by their second smallest mean, which is no nearer than the smallest block.
  const first = cpu.differences.slice(0, 12);
  expect(cpu.looks[0]!.lower!).toBeGreaterThanOrEqual(Math.expm1(Math.min(...first)) - 1e-12);
  expect(cpu.looks[0]!.upper!).toBeLessThanOrEqual(Math.expm1(Math.max(...first)) + 1e-12);
  const watched = rows.find(({ metric }) => metric === 'gc')!;
  // The same blocks at a level of 5 % are bounded more closely.
  expect(watched.looks[0]!.upper!).toBeLessThan(cpu.looks[0]!.upper!);
});
