import { expect, test, vi } from 'vitest';
import { Inbox } from './inbox.ts';

function makeInbox(): { inbox: Inbox; pause: () => void; resume: () => void } {
  const source = { pause: vi.fn(), resume: vi.fn() };
  return { inbox: new Inbox(source), ...source };
}

test('Inbox begins packets one after the other', () => {
  const { inbox } = makeInbox();
  const begun: string[] = [];
  let release = (): void => undefined;
  inbox.enter((proceed) => {
    begun.push('first');
    release = proceed;
  }, 1);
  inbox.enter((proceed) => {
    begun.push('second');
    proceed();
  }, 1);
  expect(begun).toEqual(['first']);
  release();
  expect(begun).toEqual(['first', 'second']);
});

test('Inbox reads a client no further that sends more than can be begun, and goes on when there is room', () => {
  const { inbox, pause, resume } = makeInbox();
  const held: (() => void)[] = [];
  for (let n = 0; n < 102; n += 1) {
    inbox.enter((proceed) => held.push(proceed), 1);
  }
  expect(pause).toHaveBeenCalledOnce();
  while (held.length > 0) {
    held.shift()?.();
  }
  expect(resume).toHaveBeenCalledOnce();
  expect(pause).toHaveBeenCalledOnce();
});

test('Inbox reads a client no further that sends large packets, be they few', () => {
  const { inbox, pause, resume } = makeInbox();
  const held: (() => void)[] = [];
  const enter = (): void => inbox.enter((proceed) => held.push(proceed), 300_000);
  const next = (): void => held.shift()?.();
  for (let n = 0; n < 4; n += 1) {
    enter(); // one has begun, three wait
  }
  expect(inbox.isPaused).toBe(false);
  enter();
  expect(inbox.isPaused).toBe(true);
  expect(pause).toHaveBeenCalledOnce();
  for (let n = 0; n < 3; n += 1) {
    next();
    expect(resume).not.toHaveBeenCalled();
  }
  next();
  expect(resume).toHaveBeenCalledOnce();
  expect(inbox.isPaused).toBe(false);
});

test('clear() reads a client again that was read no further: it could not even say goodbye', () => {
  const { inbox, resume } = makeInbox();
  for (let n = 0; n < 200; n += 1) {
    inbox.enter(() => undefined, 1);
  }
  expect(inbox.isPaused).toBe(true);
  inbox.clear();
  expect(inbox.isPaused).toBe(false);
  expect(resume).toHaveBeenCalledOnce();
});

test('clear() begins nothing any more', () => {
  const { inbox } = makeInbox();
  let release = (): void => undefined;
  inbox.enter((proceed) => {
    release = proceed;
  }, 1);
  inbox.enter(() => expect.unreachable(), 1);
  inbox.clear();
  release();
});
