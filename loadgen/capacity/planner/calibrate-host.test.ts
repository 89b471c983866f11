import { expect, test } from 'vitest';
import { calibrateHost } from './calibrate-host.ts';

test('calibrateHost() works alone, then with all processors at once', async () => {
  let under = 0;
  const most: number[] = [];
  const score = await calibrateHost(4, async () => {
    under += 1;
    most.push(under);
    await Promise.resolve();
    const slow = Math.max(...most);
    under -= 1;
    return { json: slow, echo: slow, garbage: slow };
  });
  expect(Math.max(...most)).toBe(4);
  expect(score.single).toBeCloseTo(1, 12);
  expect(score.busy).toBeCloseTo(4, 12);
});
