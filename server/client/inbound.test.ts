import { beforeEach, expect, test, vi } from 'vitest';
import { EventStreams, Listeners, type ProcedureCall } from './events/index.ts';
import { handleEvent } from './inbound.ts';
import { turn } from './testing.ts';

const makeInbound = () => ({
  auth: { keep: vi.fn(async () => undefined), remove: vi.fn(async () => undefined) },
  channels: { deliver: vi.fn(), kickOut: vi.fn(), holdBack: vi.fn(), resubscribe: vi.fn() },
  listeners: new Listeners(),
  streams: new EventStreams(),
  failed: vi.fn(),
});
let inbound: ReturnType<typeof makeInbound>;
const answer = vi.fn();

beforeEach(() => {
  inbound = makeInbound();
  answer.mockReset();
});

test('#publish and #kickOut go to their channel, and are never answered', () => {
  handleEvent(inbound, { event: '#publish', data: { channel: 'a', data: null } }, answer);
  handleEvent(inbound, { event: '#kickOut', data: { channel: 'a' } }, answer);
  handleEvent(inbound, { event: '#publish', data: 'nonsense' }, answer);
  expect(inbound.channels.deliver.mock.calls).toEqual([['a', null]]);
  expect(inbound.channels.kickOut).toHaveBeenCalledExactlyOnceWith('a', undefined);
  expect(answer).not.toHaveBeenCalled();
});

test('#setAuthToken keeps the token, subscribes to what waited for it, then answers', async () => {
  handleEvent(inbound, { event: '#setAuthToken', data: { token: 'a.b.c' } }, answer);
  expect(answer).not.toHaveBeenCalled();
  await turn();
  expect(inbound.auth.keep).toHaveBeenCalledWith('a.b.c');
  const isWanted = inbound.channels.resubscribe.mock.lastCall?.[0];
  expect([isWanted({ waitForAuth: true }), isWanted({})]).toEqual([true, false]);
  expect(answer).toHaveBeenCalledExactlyOnceWith(undefined);
});

test('#setAuthToken without a token, or with a store that fails, is answered with the error', async () => {
  handleEvent(inbound, { event: '#setAuthToken', data: null }, answer);
  expect(answer).toHaveBeenLastCalledWith(expect.objectContaining({ name: 'InvalidMessageError' }));
  inbound.auth.keep.mockRejectedValue(new Error('full'));
  handleEvent(inbound, { event: '#setAuthToken', data: { token: 'a.b.c' } }, answer);
  await turn();
  expect(answer).toHaveBeenLastCalledWith(expect.objectContaining({ message: 'full' }));
  expect(inbound.failed).toHaveBeenCalledTimes(2);
});

test('#removeAuthToken forgets the token and holds channels back that want one', async () => {
  handleEvent(inbound, { event: '#removeAuthToken' }, answer);
  await turn();
  expect(inbound.auth.remove).toHaveBeenCalledOnce();
  expect(inbound.channels.holdBack).toHaveBeenCalledOnce();
  expect(answer).toHaveBeenCalledExactlyOnceWith(undefined);
});

test('an event of the application reaches its listeners, who answer once', () => {
  inbound.listeners.add('question', (data: number, respond: (error: unknown, data: unknown) => void) => {
    respond(null, data * 7);
    expect(() => respond(null, 0)).toThrow(expect.objectContaining({ name: 'InvalidActionError' }));
  });
  handleEvent(inbound, { event: 'question', data: 6, cid: 1 }, answer);
  expect(answer).toHaveBeenCalledExactlyOnceWith(undefined, 42);
});

test('a server cannot fake an event of the client itself', () => {
  const listener = vi.fn();
  for (const event of ['disconnect', 'error', 'connect', 'authenticate']) {
    inbound.listeners.add(event, listener);
    handleEvent(inbound, { event, data: 1 }, answer);
  }
  expect(listener).not.toHaveBeenCalled();
});

test('loops read events and calls apart, and answer a call once', async () => {
  const events = inbound.streams.heard('receiver', 'a').stream();
  const calls = inbound.streams.heard<ProcedureCall>('procedure', 'a').stream();
  handleEvent(inbound, { event: 'a', data: 1 }, answer);
  handleEvent(inbound, { event: 'a', data: 2, cid: 7 }, answer);
  handleEvent(inbound, { event: 'a', data: 3, cid: 8 }, answer);
  expect((await events.next()).value).toBe(1);
  const [first, second] = [(await calls.next()).value, (await calls.next()).value];
  expect(first).toMatchObject({ procedure: 'a', data: 2 });
  first?.end('fine');
  expect(answer).toHaveBeenLastCalledWith(undefined, 'fine');
  second?.error('bad');
  expect(answer).toHaveBeenLastCalledWith('bad', undefined);
  expect(() => second?.end()).toThrow(/already been sent/);
});
