import { expect, test } from 'vitest';
import { subjects } from './subjects.ts';
import { writeChange, writeOutcome, writeValue } from './words.ts';

const [subject] = subjects;

test('writeChange() writes differences with sign and interval, and nothing where there is none', () => {
  const made = { value: 1, change: -0.0312, outcome: 'better' } as const;
  expect(writeChange(made)).toBe('−3.1 %');
  expect(writeChange({ ...made, interval: { low: -0.05, high: 0.0001 } })).toBe('−3.1 % (−5.0 to +0.0)');
  expect(writeChange({ ...made, change: null })).toBe('–');
});

test('writeOutcome() tells outcomes apart by signs and words, not by colours', () => {
  const all = (['better', 'worse', 'changed', 'unclear', 'same', 'incomparable'] as const).map((outcome) =>
    writeOutcome({ value: 1, change: 0, outcome }),
  );
  expect(new Set(all).size).toBe(6);
});

test('writeValue() writes a figure that is missing as a dash', () => {
  if (subject === undefined) throw new Error('there is no subject');
  expect(writeValue(subject, null)).toBe('–');
});
