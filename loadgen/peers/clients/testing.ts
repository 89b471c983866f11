/** Test only: what must hold of every speaker. */
import { expect, onTestFinished, vi } from 'vitest';
import { FACT, startTarget } from '../../drivers/testing.ts';
import type { CreateSpeaker } from './speaker.ts';

/** Goes through all that a speaker can do, against a small target. */
export async function expectToSpeak(createSpeaker: CreateSpeaker): Promise<void> {
  const target = await startTarget({ greetings: [''] });
  onTestFinished(() => target.close());
  const { port, packets, raw } = target;
  const heard: string[] = [];
  const speaker = createSpeaker(
    { host: '127.0.0.1', port, path: '/socketcluster/', secure: false },
    {
      opened: (user) => heard.push(`opened ${user}`),
      pong: () => heard.push('pong'),
      publication: () => heard.push('publication'),
    },
  );
  speaker.connect(0, []);
  await vi.waitFor(() => expect(heard).toEqual(['opened 0']), FACT);
  speaker.connect(1, ['bench/3']);
  await vi.waitFor(() => expect(heard).toEqual(['opened 0', 'opened 1']), FACT);
  const subscribed = packets.filter(({ event }) => event === '#subscribe');
  expect(subscribed).toMatchObject([{ data: { channel: 'bench/3' } }]);

  speaker.ping(0);
  await vi.waitFor(() => expect(heard.slice(2)).toEqual(['pong']), FACT);
  speaker.publish(0, 'bench/3', { p: 0 });
  await vi.waitFor(() => expect(heard.slice(3)).toEqual(['publication']), FACT);
  // The heartbeat that came with the handshake of each was answered in kind.
  await vi.waitFor(() => expect(raw).toEqual(['', '']), FACT);
}
