/** Test only: what must hold of every speaker. */
import { expect, onTestFinished, vi } from 'vitest';
import { FACT, startTarget } from '../../../drivers/testing.ts';
import type { Behaviour, Share } from '../../../plan/index.ts';
import { resolvePlan } from '../../../plan/resolve/index.ts';
import { shareOf } from '../subjects.ts';
import { type CreateSpeaker, type Heard, PING } from './speaker.ts';

/** Goes through all that a speaker can do, against a small target. */
export async function expectToSpeak(createSpeaker: CreateSpeaker): Promise<void> {
  const target = await startTarget({ greetings: [''] });
  onTestFinished(() => target.close());
  const { port, packets, raw } = target;
  const heard: string[] = [];
  const take: Heard = {
    opened: (user) => heard.push(`opened ${user}`),
    pong: () => heard.push('pong'),
    publication: () => heard.push('publication'),
  };
  const pinging = createSpeaker(aShare(port), take);
  const publishing = createSpeaker(aShare(port, rooms), take);
  pinging.connect(0, []);
  await vi.waitFor(() => expect(heard).toEqual(['opened 0']), FACT);
  publishing.connect(1, [3]);
  await vi.waitFor(() => expect(heard).toEqual(['opened 0', 'opened 1']), FACT);
  const subscribed = packets.filter(({ event }) => event === '#subscribe');
  expect(subscribed).toMatchObject([{ data: { channel: 'bench/3' } }]);

  pinging.ping(0);
  await vi.waitFor(() => expect(heard.slice(2)).toEqual(['pong']), FACT);
  publishing.publish(1, { channel: 3, publisher: 1, sequence: 0, intended: 1 });
  await vi.waitFor(() => expect(heard.slice(3)).toEqual(['publication']), FACT);
  // The heartbeat that came with the handshake of each was answered in kind.
  await vi.waitFor(() => expect(raw).toEqual(['', '']), FACT);
}

const pings: Behaviour = { kind: 'ping-pong', payload: PING, every: 1 };
const rooms: Behaviour = { kind: 'channels', channels: 10, subscriptions: 1, publishers: 1, every: 1 };

/** Users of a target on this host, who ping unless something else is said. */
export function aShare(port: number, behaviour = pings): Share {
  const { plan } = resolvePlan({
    name: 'any',
    question: 'any',
    users: 10,
    ramp: 1,
    duration: 60,
    behaviour,
    target: { workers: 1, brokers: 1, controller: 'none' },
    rules: [],
  });
  return shareOf(plan, { port, path: '/socketcluster/' });
}
