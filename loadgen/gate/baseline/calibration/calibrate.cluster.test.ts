import { expect, test } from 'vitest';
import { calibrate } from './calibrate.ts';

test('calibrate() measures all three works in a process that is gone afterwards', async () => {
  const calibration = await calibrate(30);
  expect(Object.keys(calibration)).toEqual(['json', 'echo', 'garbage']);
  for (const micros of Object.values(calibration)) expect(micros).toBeGreaterThan(0);
  expect(calibration.garbage).toBeGreaterThan(calibration.json);
});
