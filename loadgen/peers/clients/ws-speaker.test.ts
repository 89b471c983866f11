import { expect, onTestFinished, test, vi } from 'vitest';
import { FACT, startTarget } from '../../drivers/testing.ts';
import { expectToSpeak } from './testing.ts';
import { createWsSpeaker } from './ws-speaker.ts';

test('createWsSpeaker() makes users that are there once they are subscribed, and tells what comes', () =>
  expectToSpeak(createWsSpeaker));

test('createWsSpeaker() has a user connect again whose connection ended', async () => {
  const target = await startTarget();
  onTestFinished(() => target.close());
  const heard = { opened: vi.fn(), pong: vi.fn(), publication: vi.fn() };
  const { ping, connect } = createWsSpeaker(
    { host: '127.0.0.1', port: target.port, path: '/', secure: false },
    heard,
  );
  connect(5, []);
  await vi.waitFor(() => expect(heard.opened).toHaveBeenCalledOnce(), FACT);
  for (const socket of target.sockets) socket.terminate();
  ping(5); // Into the void.
  await vi.waitFor(() => expect(heard.opened).toHaveBeenCalledTimes(2), FACT);
  ping(5);
  await vi.waitFor(() => expect(heard.pong).toHaveBeenCalledOnce(), FACT);
});
