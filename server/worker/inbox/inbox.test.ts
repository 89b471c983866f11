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
  });
  inbox.enter((proceed) => {
    begun.push('second');
    proceed();
  });
  expect(begun).toEqual(['first']);
  release();
  expect(begun).toEqual(['first', 'second']);
});

test('Inbox lets an event overtake a slow one of another name, never one of its own', () => {
  const { inbox } = makeInbox();
  const begun: string[] = [];
  let release = (): void => undefined;
  inbox.enterEvent('slow', (proceed) => {
    begun.push('slow 1');
    release = proceed;
  });
  inbox.enterEvent('slow', () => begun.push('slow 2'));
  inbox.enterEvent('fast', () => begun.push('fast'));
  expect(begun).toEqual(['slow 1', 'fast']);
  release();
  expect(begun).toEqual(['slow 1', 'fast', 'slow 2']);
});

test('Inbox reads a client no further that sends more than can be begun, and goes on when there is room', () => {
  const { inbox, pause, resume } = makeInbox();
  const held: (() => void)[] = [];
  for (let n = 0; n < 102; n += 1) {
    inbox.enter((proceed) => held.push(proceed));
  }
  expect(pause).toHaveBeenCalledOnce();
  while (held.length > 0) {
    held.shift()?.();
  }
  expect(resume).toHaveBeenCalledOnce();
  expect(pause).toHaveBeenCalledOnce();
});

test('clear() begins nothing any more', () => {
  const { inbox } = makeInbox();
  let release = (): void => undefined;
  inbox.enter((proceed) => {
    release = proceed;
  });
  inbox.enter(() => expect.unreachable());
  inbox.clear();
  release();
});
