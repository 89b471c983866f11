import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { ClusterError } from '../../errors/index.ts';
import type { Message } from '../ipc.ts';
import { Messenger, type MessengerOptions, refuseMessage } from './messenger.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

/** Two processes that hear each other, through JSON. `there` is what the other one does. */
function makePair(there: MessengerOptions['deliver'] = () => true): {
  messenger: Messenger;
  sent: Message[];
} {
  const sent: Message[] = [];
  const pass =
    (to: () => Messenger) =>
    (message: Message): void => {
      sent.push(message);
      const text = JSON.stringify(message);
      to().take(JSON.parse(text) as Message);
    };
  const common = { answerWithinMs: 1_000 };
  const messenger: Messenger = new Messenger({
    ...common,
    own: 'the master',
    peer: 'worker 1',
    send: pass(() => other),
    deliver: () => false,
  });
  const other: Messenger = new Messenger({
    ...common,
    own: 'worker 1',
    peer: 'the master',
    send: pass(() => messenger),
    deliver: there,
  });
  return { messenger, sent };
}

test('Messenger carries data there and the answer back, to the promise and to the callback', async () => {
  const { messenger } = makePair((data, respond) => {
    respond(null, { got: data });
    return true;
  });
  const callback = vi.fn();
  await expect(messenger.ask({ a: [1] }, callback)).resolves.toEqual({ got: { a: [1] } });
  expect(callback).toHaveBeenCalledExactlyOnceWith(null, { got: { a: [1] } });
});

test('Messenger passes on an error that is the answer, as an error', async () => {
  const { messenger } = makePair((data, respond) => {
    respond(data === 'text' ? 'plain' : new RangeError('no such room'));
    return true;
  });
  await expect(messenger.ask('error')).rejects.toMatchObject({ name: 'RangeError', message: 'no such room' });
  await expect(messenger.ask('text')).rejects.toThrow('plain');
});

test('Messenger takes one answer and no more', async () => {
  const { messenger, sent } = makePair((_data, respond) => {
    respond(null, 1);
    respond(null, 2);
    return true;
  });
  await expect(messenger.ask(0)).resolves.toBe(1);
  expect(sent.map(({ type }) => type)).toEqual(['ask', 'answer']);
});

test('Messenger says so at once when nobody listens there', async () => {
  const { messenger } = makePair(() => false);
  await expect(messenger.ask(0)).rejects.toMatchObject({
    code: 'MESSAGE_UNANSWERED',
    message: 'Cannot take a message: nobody in worker 1 listens for it',
  });
});

test('Messenger gives up when no answer comes in time, and drops one that comes later', async () => {
  let respondLate: ((error?: unknown, data?: unknown) => void) | undefined;
  const { messenger } = makePair((_data, respond) => {
    respondLate = respond;
    return true;
  });
  const callback = vi.fn();
  const answer = messenger.ask(0, callback);
  vi.advanceTimersByTime(1_000);
  await expect(answer).rejects.toMatchObject({
    code: 'MESSAGE_UNANSWERED',
    message: 'Cannot send a message to worker 1: no answer came within 1000 ms',
  });
  respondLate?.(null, 1);
  expect(callback).toHaveBeenCalledExactlyOnceWith(expect.any(ClusterError));
});

test('Messenger.end() gives up what waits and what comes, and answers nothing more', async () => {
  const { messenger, sent } = makePair();
  const waiting = messenger.ask(0);
  messenger.end('it has ended');
  await expect(waiting).rejects.toThrow('Cannot send a message to worker 1: it has ended');
  await expect(messenger.ask(0)).rejects.toThrow('it has ended');
  expect(sent).toHaveLength(1);

  let respondLate: (() => void) | undefined;
  const send = vi.fn();
  const asked = new Messenger({
    own: 'the master',
    peer: 'worker 1',
    answerWithinMs: 1_000,
    send,
    deliver: (_data, respond) => {
      respondLate = respond;
      return true;
    },
  });
  asked.take({ type: 'ask', call: 1 });
  asked.end('it has ended');
  respondLate?.();
  expect(send).not.toHaveBeenCalled();
});

test('Messenger refuses what is not JSON, as a question and as an answer', async () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  for (const answer of [circle, 1n, () => 1]) {
    const { messenger } = makePair((_data, respond) => {
      respond(null, answer);
      return true;
    });
    await expect(messenger.ask(0)).rejects.toMatchObject({ code: 'MESSAGE_UNANSWERED' });
    await expect(messenger.ask(answer)).rejects.toMatchObject({
      code: 'MESSAGE_UNANSWERED',
      message: expect.stringContaining('JSON'),
    });
  }
});

test('Messenger leaves messages of other kinds and answers to nothing alone', () => {
  const { messenger, sent } = makePair();
  expect(messenger.take({ type: 'snapshot' })).toBe(false);
  expect(messenger.take({ type: 'answer', call: 12_345 })).toBe(true);
  expect(sent).toEqual([]);
});

test('refuseMessage() answers for nobody', async () => {
  const callback = vi.fn();
  const refused = refuseMessage('worker 7', 'there is no such process', callback);
  await expect(refused).rejects.toThrow('Cannot send a message to worker 7: there is no such process');
  expect(callback).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'MESSAGE_UNANSWERED' }));
});

test('Messenger says at the call that a callback is no function, and sends nothing', () => {
  const { messenger, sent } = makePair();
  const ask = () => messenger.ask(0, 'notfn' as never);
  expect(ask).toThrow(
    new TypeError(
      'Cannot call back when an answer comes: current value is of type string, wanted is a function',
    ),
  );
  expect(() => refuseMessage('worker 7', 'it has ended', 5 as never)).toThrow(TypeError);
  expect(sent).toEqual([]);
});

test('Messenger leaves what a callback throws to the program, not to the promise', async () => {
  const { messenger } = makePair((_data, respond) => {
    respond(null, 'yes');
    return true;
  });
  const uncaught = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  onTestFinished(() => {
    for (const listener of uncaught) process.on('uncaughtException', listener);
  });
  const thrown = new Promise((resolve) => process.once('uncaughtException', resolve));
  const answer = messenger.ask(0, () => {
    throw new Error('planted');
  });
  await expect(answer).resolves.toBe('yes');
  expect(await thrown).toEqual(new Error('planted'));
});

test('Messenger refuses a map and a set, of which JSON would make empty objects', async () => {
  const { messenger } = makePair();
  await expect(messenger.ask({ rooms: new Map([['a', 1]]) })).rejects.toThrow(
    'its data is not JSON: it holds a Map',
  );
  await expect(messenger.ask([new Set([1])])).rejects.toThrow('its data is not JSON: it holds a Set');
});
