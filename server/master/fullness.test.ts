import { expect, test, vi } from 'vitest';
import { Fullness } from './fullness.ts';

test('Fullness tells when the last worker fills up and when the first has room again', () => {
  const changed = vi.fn();
  const fullness = new Fullness(2, changed);
  fullness.note(0, true);
  fullness.note(0, true);
  expect(changed).not.toHaveBeenCalled();
  fullness.note(1, true);
  expect(changed).toHaveBeenLastCalledWith(true);
  fullness.note(1, false);
  fullness.note(0, false);
  expect(changed.mock.calls).toEqual([[true], [false]]);
});
