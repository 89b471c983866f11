import { expect, test, vi } from 'vitest';
import { Barriers } from './barriers.ts';

test('Barriers calls back once, when the last member has answered', () => {
  const barriers = new Barriers<string>();
  const passed = vi.fn();
  const id = barriers.open(['a', 'b'], passed);
  barriers.answer(id, 'a');
  barriers.answer(id, 'a');
  barriers.answer(id + 1, 'b');
  expect(passed).not.toHaveBeenCalled();
  barriers.answer(id, 'b');
  barriers.answer(id, 'b');
  expect(passed).toHaveBeenCalledOnce();
});

test('Barriers waits no longer for a member that is gone', () => {
  const barriers = new Barriers<string>();
  const [first, second] = [vi.fn(), vi.fn()];
  barriers.open(['a', 'b'], first);
  barriers.open(['b'], second);
  barriers.drop('b');
  expect(second).toHaveBeenCalledOnce();
  expect(first).not.toHaveBeenCalled();
  barriers.drop('a');
  expect(first).toHaveBeenCalledOnce();
});

test('Barriers is passed at once by nobody, and keeps its barriers apart', () => {
  const barriers = new Barriers<string>();
  const [nobody, one, two] = [vi.fn(), vi.fn(), vi.fn()];
  barriers.open([], nobody);
  expect(nobody).toHaveBeenCalledOnce();
  const id = barriers.open(['a'], one);
  barriers.open(['a'], two);
  barriers.answer(id, 'a');
  expect([one.mock.calls.length, two.mock.calls.length]).toEqual([1, 0]);
});
