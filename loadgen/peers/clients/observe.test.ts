import { expect, test } from 'vitest';
import type { Child, Exit, Message } from '../../../server/process/index.ts';
import type { Plan } from '../../plan/index.ts';
import { observe } from './observe.ts';

/** A child that is this process, and tells what it is given as soon as it is told to go. */
function childOf(messages: Message[], isThenGone = false): Child {
  let tell = (_message: Message): void => {};
  let leave = (_exit: Exit): void => {};
  return {
    pid: process.pid,
    send() {
      for (const message of messages) tell(message);
      if (isThenGone) leave({ code: 1, signal: null, lastWords: '' });
    },
    onMessage: (listener) => {
      tell = listener;
    },
    onExit: (listener) => {
      leave = listener;
    },
    kill: () => true,
  } as Child;
}

const plan = { scenario: 'any', users: 3 } as Plan;

function tally(open: number, answered: number, pushed = 0): Message {
  return { type: 'tally', tally: { open, answered, pushed } };
}

test('observe() counts what came in the seconds after all were there and warm', async () => {
  const coming = [tally(1, 50), tally(3, 50)];
  const warmingUp = [tally(3, 70), tally(3, 70), tally(3, 70)];
  const { came, rssBytes, connectMicros, steadyMicros } = await observe(
    childOf([...coming, ...warmingUp, tally(3, 4, 1), tally(3, 5, 2), tally(3, 99)]),
    plan,
    2,
  );
  expect(came).toBe(12);
  expect(rssBytes).toBeGreaterThan(1e6);
  expect(Math.min(connectMicros, steadyMicros)).toBeGreaterThanOrEqual(0);
});

test('observe() reads the windows of a load process in the same way', async () => {
  const workers = [
    { answered: 2, pushed: 3 },
    { answered: 20, pushed: 30 },
  ];
  const window = { type: 'window', window: { users: { open: 3 }, workers } };
  expect(await observe(childOf(Array.from({ length: 5 }, () => window)), plan, 1)).toMatchObject({
    came: 55,
  });
});

test('observe() does not wait for ever for users that do not come, nor for a client that is gone', async () => {
  const stuck = Array.from({ length: 200 }, () => tally(2, 0));
  await expect(observe(childOf(stuck), plan, 1)).rejects.toThrow('2 users are there, wanted 3');
  await expect(observe(childOf([tally(3, 0)], true), plan, 1)).rejects.toThrow('its process ended');
});
