import { expect, test, vi } from 'vitest';
import { shielded, throwLater } from './throw-later.ts';

function catchNext(): Promise<unknown> {
  return new Promise((resolve) => {
    process.once('uncaughtException', resolve);
  });
}

test('throwLater() lets its caller go on, then throws where nobody catches', async () => {
  const planted = new Error('planted');
  const thrown = catchNext();
  throwLater(planted);
  expect(await thrown).toBe(planted);
});

test('shielded() calls at once, and what is thrown comes up later', async () => {
  const act = vi.fn(() => {
    throw new Error('planted');
  });
  const thrown = catchNext();
  shielded(act);
  expect(act).toHaveBeenCalledOnce();
  expect(await thrown).toMatchObject({ message: 'planted' });
});
