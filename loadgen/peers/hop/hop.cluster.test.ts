import { expect, test } from 'vitest';
import { hopFigures, startHop } from './hop.ts';

test('startHop() gives every figure of a round, which ends when all publications have arrived', async () => {
  const bench = await startHop();
  try {
    const round = await bench.round(200);
    expect(Object.keys(round)).toEqual(hopFigures.map(({ key }) => key));
    // A publication costs something, though the kernel's ticks hide much of it in a round so small.
    for (const figure of Object.values(round)) expect(Math.abs(figure)).toBeLessThan(1_000);
    expect(Object.values(round)).not.toContain(0);
  } finally {
    await bench.stop();
  }
});
