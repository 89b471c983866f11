import { expect, test } from 'vitest';
import { findSuperlinear } from './superlinear.ts';
import { createChance, measure, toLogs } from './testing.ts';

const linear = { lambda: 1_000, sigma: 0, kappa: 0 };
const sizes = [1, 1, 2, 2, 4, 4, 8, 8];

test('findSuperlinear() names the size above proportion, and by how much', () => {
  const points = toLogs(measure(linear, { sizes })).map((point) =>
    point.workers === 4 ? { ...point, log: point.log + Math.log(1.2) } : point,
  );
  const found = findSuperlinear(points);
  expect(found).toMatchObject([{ workers: 4, excess: expect.closeTo(0.2, 6) }]);
  expect(found[0]!.finding).toBe(
    '4 workers do 20 % more than in proportion to 1 worker, which no scaling law follows: something slowed 1 worker, or predictions promise too little',
  );
});

test('findSuperlinear() leaves what noise explains, even noise beyond what was stated', () => {
  let alarms = 0;
  for (let round = 0; round < 300; round += 1) {
    const { normal } = createChance(`noise ${round}`);
    const points = measure(linear, { sizes, stated: 0.01, noise: () => 0.03 * normal() });
    if (findSuperlinear(toLogs(points)).length > 0) alarms += 1;
  }
  // 7.4 % in a run of 10,000, as four repeats tell the scatter roughly; 1.2 % when 0.03 is stated.
  expect(alarms).toBeLessThan(30);
});

test('findSuperlinear() holds sizes against the fewest workers there are', () => {
  const points = toLogs(measure({ ...linear, sigma: 0.05 }, { sizes: [8, 4, 4, 2, 2, 6] }));
  expect(findSuperlinear(points)).toEqual([]);
  const slowed = points.map((point) => (point.workers === 2 ? { ...point, log: point.log - 0.5 } : point));
  expect(findSuperlinear(slowed).map(({ workers }) => workers)).toEqual([4, 6, 8]);
  expect(findSuperlinear(slowed)[0]!.finding).toContain('in proportion to 2 workers');
});
