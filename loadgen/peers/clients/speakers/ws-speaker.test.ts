import { expect, onTestFinished, test, vi } from 'vitest';
import { FACT, startTarget } from '../../../drivers/testing.ts';
import { aShare, expectToSpeak } from './testing.ts';
import { createTextSpeaker, createWsSpeaker } from './ws-speaker.ts';

test('createWsSpeaker() makes users that are there once they are subscribed, and tells what comes', () =>
  expectToSpeak(createWsSpeaker));

test('createWsSpeaker() has a user connect again whose connection ended', async () => {
  const target = await startTarget();
  onTestFinished(() => target.close());
  const heard = { opened: vi.fn(), pong: vi.fn(), publication: vi.fn() };
  const { ping, connect } = createWsSpeaker(aShare(target.port), heard);
  connect(5, []);
  await vi.waitFor(() => expect(heard.opened).toHaveBeenCalledOnce(), FACT);
  for (const socket of target.sockets) socket.terminate();
  ping(5); // Into the void.
  await vi.waitFor(() => expect(heard.opened).toHaveBeenCalledTimes(2), FACT);
  ping(5);
  await vi.waitFor(() => expect(heard.pong).toHaveBeenCalledOnce(), FACT);
});

test('createTextSpeaker() takes whatever comes for an answer, and has users connect again', async () => {
  const target = await startTarget();
  onTestFinished(() => target.close());
  const heard = { opened: vi.fn(), pong: vi.fn(), publication: vi.fn() };
  const speaker = createTextSpeaker(aShare(target.port), heard);
  speaker.connect(5, []);
  await vi.waitFor(() => expect(heard.opened).toHaveBeenCalledWith(5), FACT);
  speaker.ping(5);
  await vi.waitFor(() => expect(heard.pong).toHaveBeenCalledOnce(), FACT);
  expect(target.packets).toEqual([{ event: 'ping', cid: 1 }]);
  for (const socket of target.sockets) socket.terminate();
  await vi.waitFor(() => expect(heard.opened).toHaveBeenCalledTimes(2), FACT);
  expect(() => speaker.publish(5, { channel: 1, publisher: 5, sequence: 0, intended: 0 })).toThrow(
    'plain text knows no channels',
  );
});
