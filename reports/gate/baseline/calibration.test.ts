import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Calibrated, normalise, slopeOf } from './calibration.ts';

/** Hosts from half to double the speed; figures that follow them to a power, with a wobble. */
function history(count: number, slope: number, wobble = 0.01): Calibrated[] {
  return Array.from({ length: count }, (_, index) => {
    const calibration = 2 ** Math.sin(index);
    return { calibration, value: 20 * calibration ** slope * Math.exp(wobble * Math.sin(index * 2.399)) };
  });
}

test('slopeOf() learns from twenty points on', () => {
  expect(slopeOf(history(40, 0.8))).toBeCloseTo(0.8, 1);
  expect(slopeOf(history(19, 0.8))).toBe(1);
});

test('slopeOf() does not believe a slope that is out of reason, uncertain, or of one host only', () => {
  expect(slopeOf(history(40, 0.3))).toBe(1);
  expect(slopeOf(history(40, 2))).toBe(1);
  expect(slopeOf(history(20, 0.7, 2))).toBe(1);
  expect(slopeOf(new Array<Calibrated>(30).fill({ value: 20, calibration: 1 }))).toBe(1);
});

test('normalise() takes a host out that slows both alike', () => {
  const factor = fc.double({ min: 0.1, max: 10, noNaN: true });
  fc.assert(
    fc.property(factor, factor, (value, slower) => {
      const plain = normalise({ value, calibration: 1 }, 1);
      expect(normalise({ value: value * slower, calibration: slower }, 1)).toBeCloseTo(plain, 9);
    }),
  );
});
