import { expect, onTestFinished, test, vi } from 'vitest';
import { loadDriver } from '../../../drivers/index.ts';
import { FACT, startTarget } from '../../../drivers/testing.ts';
import { speakBy } from './driver-speaker.ts';
import { aShare, expectToSpeak } from './testing.ts';

test('speakBy() makes users that are there once they are subscribed, and tells what comes', async () =>
  expectToSpeak(speakBy(await loadDriver('socketcluster'))));

test('speakBy() has a user connect again whose connection ended', async () => {
  const target = await startTarget();
  onTestFinished(() => target.close());
  const heard = { opened: vi.fn(), pong: vi.fn(), publication: vi.fn() };
  const createSpeaker = speakBy(await loadDriver('socketcluster'));
  const { connect, ping } = createSpeaker(aShare(target.port), heard);
  connect(1, []);
  await vi.waitFor(() => expect(heard.opened).toHaveBeenCalledOnce(), FACT);
  for (const socket of target.sockets) socket.terminate();
  await vi.waitFor(() => expect(heard.opened).toHaveBeenCalledTimes(2), FACT);
  ping(1);
  await vi.waitFor(() => expect(heard.pong).toHaveBeenCalledOnce(), FACT);
});
