import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { closeUntaken } from './dealt.ts';

/** A process as Node's cluster module deals to it. */
function makeChannel(): EventEmitter & { send: ReturnType<typeof vi.fn<(...sent: unknown[]) => boolean>> } {
  return Object.assign(new EventEmitter(), { send: vi.fn<(...sent: unknown[]) => boolean>(() => true) });
}

const makeHandle = (): { close: ReturnType<typeof vi.fn<() => void>> } => ({ close: vi.fn<() => void>() });

test('closeUntaken() closes what a process was dealt and did not take before its end', async () => {
  const channel = makeChannel();
  closeUntaken(channel);
  const handles = Array.from({ length: 4 }, makeHandle);
  const [taken, untaken, message, late] = handles;
  channel.send({ act: 'newconn', seq: 1 }, taken);
  channel.send({ act: 'newconn', seq: 2 }, untaken);
  channel.send({ type: 'connection' }, message);
  channel.emit('internalMessage', { ack: 1 });
  channel.emit('internalMessage', { act: 'online' });
  channel.emit('exit', null, 'SIGKILL');
  expect(untaken!.close).not.toHaveBeenCalled();
  await new Promise(setImmediate);
  channel.send({ act: 'newconn', seq: 3 }, late);
  expect(handles.map(({ close }) => close.mock.calls.length)).toEqual([0, 1, 0, 1]);
});

test('closeUntaken() lets everything through as it was sent', () => {
  const channel = makeChannel();
  const { send } = channel;
  closeUntaken(channel);
  const handle = makeHandle();
  expect(channel.send({ act: 'newconn', seq: 1 }, handle, undefined, 'callback')).toBe(true);
  channel.send({ type: 'stop' });
  expect(send.mock.calls.map((call) => call.slice(0, 2))).toEqual([
    [{ act: 'newconn', seq: 1 }, handle],
    [{ type: 'stop' }, undefined],
  ]);
  expect(send.mock.calls[0]).toHaveLength(4);
});
