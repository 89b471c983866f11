import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDuration, parseRate } from './units.ts';

test.each([
  ['20s', 20],
  ['5m', 300],
  ['1h', 3_600],
  ['1500ms', 1.5],
  ['90', 90],
  ['0.5m', 30],
  [' 3s ', 3],
])('parseDuration() reads "%s" as %d seconds', (text, seconds) => {
  expect(parseDuration('--duration', text)).toBe(seconds);
});

test('parseDuration() reads back every whole number of every unit', () => {
  const units = fc.constantFrom(
    ['ms', 0.001] as const,
    ['s', 1] as const,
    ['m', 60] as const,
    ['h', 3_600] as const,
  );
  fc.assert(
    fc.property(fc.nat(1_000_000), units, (number, [unit, seconds]) => {
      expect(parseDuration('--duration', `${number}${unit}`)).toBe(number * seconds);
    }),
  );
});

test.each(['', 's', '5 minutes', '-3s', '1e3', '5d', 'NaN', '1.s', '20ss'])(
  'parseDuration() refuses "%s"',
  (text) => {
    expect(() => parseDuration('--duration', text)).toThrow(
      `Cannot read "--duration": current value is "${text}", wanted a time such as 20s, 5m, 1h or 1500ms`,
    );
  },
);

test.each([
  ['2000', 2_000],
  ['2000/s', 2_000],
  ['0.1', 0.1],
])('parseRate() reads "%s" as %d a second', (text, rate) => {
  expect(parseRate('--ramp', text)).toBe(rate);
});

test.each(['', '/s', '2000/m', '-1', '2k'])('parseRate() refuses "%s"', (text) => {
  expect(() => parseRate('--ramp', text)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
});
