import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { endGently, refuse } from './refuse.ts';

afterEach(() => vi.useRealTimers());

test('refuse() answers with status, reason and length, and asks to come back where that helps', async () => {
  const answer = async (...[refusal, why]: [Parameters<typeof refuse>[1], string?]): Promise<string> => {
    const connection = new PassThrough();
    const data = once(connection, 'data') as Promise<[Buffer]>;
    refuse(connection, refusal, { readOn: () => undefined, ...(why === undefined ? {} : { why }) });
    return String((await data)[0]);
  };
  expect(await answer('blocked', 'größer')).toBe(
    'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 9\r\n\r\ngrößer\n',
  );
  expect(await answer('tooSlow')).not.toContain('Retry-After');
  expect(await answer('noWorker')).toContain('\r\nRetry-After: 10\r\n');
});

test('endGently() ends, reads on, and cuts off who does not leave', async () => {
  vi.useFakeTimers();
  const connection = new PassThrough({ allowHalfOpen: true, autoDestroy: false });
  const readOn = vi.fn();
  endGently(connection, readOn);
  expect(readOn).toHaveBeenCalledOnce();
  expect(connection.writableEnded).toBe(true);
  expect(connection.destroyed).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(connection.destroyed).toBe(true);
});
