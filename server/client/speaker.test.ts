import { beforeEach, expect, test, vi } from 'vitest';
import type { Untyped } from '../protocol/index.ts';
import { Core } from './core.ts';
import { resolveOptions } from './options.ts';
import { Speaker } from './speaker.ts';
import { fakeSockets, ManualClock } from './testing.ts';

let clock: ManualClock;
let sockets: ReturnType<typeof fakeSockets>;

beforeEach(() => {
  clock = new ManualClock();
  sockets = fakeSockets();
});

async function openSpeaker(): Promise<Speaker<Untyped>> {
  const core = new Core(resolveOptions({ webSocket: sockets.webSocket }), clock);
  core.connection.connect();
  await sockets.latest().welcome();
  return new Speaker<Untyped>(core).on('error', () => undefined);
}

test('emit() sends an event, with a callback a call; transmit() and invoke() do the same', async () => {
  const speaker = await openSpeaker();
  const answered = vi.fn();
  speaker.emit('a', 1);
  speaker.emit('b', 2, answered);
  speaker.transmit('c');
  const result = speaker.invoke('d', 4);
  expect(sockets.latest().packets.slice(1)).toEqual([
    { event: 'a', data: 1 },
    { event: 'b', data: 2, cid: 2 },
    { event: 'c' },
    { event: 'd', data: 4, cid: 3 },
  ]);
  sockets.latest().receive([
    { rid: 3, data: 'd' },
    { rid: 2, error: 'plain' },
  ]);
  expect(await result).toBe('d');
  expect(answered).toHaveBeenCalledExactlyOnceWith('plain', undefined);
});

test('invoke() rejects with an Error whatever the server gives, and takes a time-out of its own', async () => {
  const speaker = await openSpeaker();
  const refused = speaker.invoke('a');
  sockets.latest().receive({ rid: 2, error: 'plain' });
  await expect(refused).rejects.toMatchObject({ message: 'plain' });
  const quick = speaker.invoke('b', 1, { ackTimeout: 5 });
  clock.advance(5);
  await expect(quick).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('on(), once() and off() serve events, calls of the server and local events alike', async () => {
  const speaker = await openSpeaker();
  const [always, once, never] = [vi.fn(), vi.fn(), vi.fn()];
  speaker.on('a', always).once('a', once).on('a', never).off('a', never);
  speaker.on('question', (_data, respond) => respond(null, 42));
  const raw = vi.fn();
  speaker.on('raw', raw);
  sockets.latest().receive({ event: 'a', data: 1 });
  sockets.latest().receive({ event: 'a', data: 2 });
  sockets.latest().receive({ event: 'question', cid: 7 });
  sockets.latest().receive('noise');
  expect([always, once, never].map(({ mock }) => mock.calls.length)).toEqual([2, 1, 0]);
  expect(sockets.latest().packets.at(-1)).toEqual({ rid: 7, data: 42 });
  expect(raw).toHaveBeenCalledExactlyOnceWith('noise');
});

test('on() of a name that the speaker raises itself hears no channel of that name', async () => {
  const speaker = await openSpeaker();
  const failed = vi.fn();
  speaker.on('error', failed);
  speaker.subscribe('error');
  sockets.latest().receive({ event: '#publish', data: { channel: 'error', data: 'fake' } });
  expect(failed).not.toHaveBeenCalled();
});

test('receiver(), procedure() and listener() read in loops', async () => {
  const speaker = await openSpeaker();
  const [event, call, ending] = [
    speaker.receiver('a').once(),
    speaker.procedure('b').once(),
    speaker.listener('disconnect').once(),
  ];
  sockets.latest().receive([
    { event: 'a', data: 1 },
    { event: 'b', data: 2, cid: 9 },
  ]);
  expect(await event).toBe(1);
  (await call).end(3);
  expect(sockets.latest().packets.at(-1)).toEqual({ rid: 9, data: 3 });
  sockets.latest().end(4001, 'slept');
  expect(await ending).toEqual({ code: 4001, reason: 'slept' });
});

test('send() sends a message as it is', async () => {
  const speaker = await openSpeaker();
  speaker.send('raw');
  expect(sockets.latest().sent.at(-1)).toBe('raw');
});
