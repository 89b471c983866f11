import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Block, Lines, type Middleware } from './lines.ts';

const warn = vi.fn<(warning: Error) => void>();
let lines: Lines;

beforeEach(() => {
  vi.useFakeTimers();
  warn.mockClear();
  lines = new Lines({ deadlineMs: 1_000, warn });
});
afterEach(() => vi.useRealTimers());

function ask(request: unknown = {}): ReturnType<typeof vi.fn<(block?: Block) => void>> {
  const decided = vi.fn<(block?: Block) => void>();
  lines.ask('emit', request, decided);
  return decided;
}

const pass: Middleware = (_request, next) => next();

test('Lines lets an action pass at once when all functions answer at once', () => {
  const order: number[] = [];
  for (const n of [1, 2, 3]) {
    lines.add('emit', (_request, next) => {
      order.push(n);
      next();
    });
  }
  expect(ask()).toHaveBeenCalledExactlyOnceWith();
  expect(order).toEqual([1, 2, 3]);
});

test('Lines stops at the first function that blocks and tells why', () => {
  const never = vi.fn();
  const error = new Error('not allowed');
  lines.add('emit', pass);
  lines.add('emit', (_request, next) => next(error, 4_600));
  lines.add('emit', never);
  expect(ask()).toHaveBeenCalledExactlyOnceWith({ error, isSilent: false, detail: 4_600 });
  expect(never).not.toHaveBeenCalled();
  expect(warn).toHaveBeenCalledExactlyOnceWith(error);
});

test('Lines blocks quietly for true', () => {
  lines.add('emit', (_request, next) => next(true));
  expect(ask().mock.calls[0]?.[0]).toMatchObject({
    isSilent: true,
    error: { name: 'SilentMiddlewareBlockedError', type: 'emit' },
  });
  expect(warn).not.toHaveBeenCalled();
});

test('Lines takes a throw and a rejection for a block', async () => {
  lines.add('emit', () => {
    throw new Error('thrown');
  });
  expect(ask().mock.calls[0]?.[0]?.error).toMatchObject({ message: 'thrown' });
  lines = new Lines({ deadlineMs: 1_000, warn });
  lines.add('emit', () => Promise.reject(new Error('rejected')));
  const decided = ask();
  await vi.waitFor(() => expect(decided).toHaveBeenCalledOnce());
  expect(decided.mock.calls[0]?.[0]?.error).toMatchObject({ message: 'rejected' });
});

test('Lines waits for a function that answers later, and ends one that never does', () => {
  lines.add('emit', (_request, next) => setTimeout(next, 900));
  const passed = ask();
  expect(passed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(900);
  expect(passed).toHaveBeenCalledExactlyOnceWith();

  lines.add('emit', function forgetful() {});
  const blocked = ask();
  vi.advanceTimersByTime(1_900);
  expect(blocked.mock.calls[0]?.[0]?.error).toMatchObject({
    name: 'TimeoutError',
    message: 'Function "forgetful" in the emit middleware did not call next within 1000 ms',
  });
  expect(warn).toHaveBeenCalledOnce();
});

test('Lines takes the first answer of a function only', () => {
  lines.add('emit', (_request, next) => {
    next();
    next(new Error('too late'));
  });
  expect(ask()).toHaveBeenCalledExactlyOnceWith();
});

test('Lines forgets a removed function', () => {
  lines.add('emit', pass);
  expect(lines.isEmpty('emit')).toBe(false);
  lines.remove('emit', pass);
  expect(lines.isEmpty('emit')).toBe(true);
});

test('Lines gives all functions of a line the same request', () => {
  lines.add('emit', (request: { data: number }, next) => {
    request.data += 1;
    next();
  });
  const request = { data: 1 };
  ask(request);
  expect(request.data).toBe(2);
});
