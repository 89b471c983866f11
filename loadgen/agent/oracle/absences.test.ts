import { expect, test } from 'vitest';
import { Absences } from './absences.ts';

const absence = (intended: number) => ({ intended, isOvertaken: false });

test('Absences remembers what was skipped until it comes, and whether it was overtaken meanwhile', () => {
  const absences = new Absences();
  for (const sequence of [1, 2]) absences.add(7, sequence, absence(sequence));
  absences.add(8, 1, absence(1));
  absences.overtake(7, 2);
  expect(absences.size).toBe(3);
  expect([absences.get(7, 1), absences.get(7, 3)]).toEqual([{ intended: 1, isOvertaken: true }, undefined]);
  expect(absences.remove(7, 1)).toEqual({ intended: 1, isOvertaken: true });
  expect(absences.remove(7, 2)).toEqual({ intended: 2, isOvertaken: false });
  expect(absences.remove(7, 2)).toBeUndefined();
  expect(absences.remove(8, 1)?.isOvertaken).toBe(false);
  expect(absences.isEmpty).toBe(true);
});

test('Absences.lost() takes for lost what was overtaken or missing since before a time', () => {
  const absences = new Absences();
  absences.add(7, 1, absence(10));
  absences.add(8, 1, absence(10));
  absences.add(9, 1, absence(2));
  absences.overtake(7, 5);
  expect(absences.lost(Number.NEGATIVE_INFINITY)).toEqual([10]);
  expect(absences.lost(5)).toEqual([10, 2]);
  expect(absences.lost()).toEqual([10, 10, 2]);
});

test('Absences counts those it can remember no more, and takes them back as they come', () => {
  const absences = new Absences();
  for (let sequence = 0; sequence < 5_000; sequence += 1) absences.add(7, sequence, absence(sequence));
  expect(absences.size).toBe(5_000);
  expect(absences.remove(7, 4_999)).toBeUndefined();
  expect(absences.removeForgotten()).toBe(true);
  expect(absences.size).toBe(4_999);
  expect(new Absences().removeForgotten()).toBe(false);
});

test('Absences.noteEarly() tells the second time from the first, until it forgets', () => {
  const absences = new Absences();
  expect([absences.noteEarly(7, 1), absences.noteEarly(7, 1), absences.noteEarly(7, 2)]).toEqual([
    false,
    true,
    false,
  ]);
  expect(absences.isEmpty).toBe(false);
  absences.forgetEarly();
  expect(absences.isEmpty).toBe(true);
});
