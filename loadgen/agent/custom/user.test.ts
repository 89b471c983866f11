import { expect, test } from 'vitest';
import { CallFailed, UserGone } from './user.ts';

test('CallFailed holds what came instead of an answer, and has a name to be counted by', () => {
  const error = new CallFailed('Cannot call "x": an error came', { name: 'No' });
  expect([error.name, error.content, error.message]).toEqual([
    'CallFailed',
    { name: 'No' },
    'Cannot call "x": an error came',
  ]);
});

test('UserGone is told from other errors by its class and its name', () => {
  const error: unknown = new UserGone('Cannot go on');
  expect(error).toBeInstanceOf(UserGone);
  expect((error as Error).name).toBe('UserGone');
});
