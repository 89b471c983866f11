import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { backoff, entry, type Message, type Supervised, startChild, supervise } from '../process/index.ts';
import { PATIENCE } from '../testing.ts';
import { connectBrokers } from './remote-broker.ts';
import { brokerOf } from './ring.ts';
import { bytesOf, Inbox, makeFolder } from './testing.ts';

const SECRET = 'test secret';
const TALK = { ipcAckTimeout: 1_000, propagateErrors: true, propagateWarnings: true, crashOnError: true };

/** Two broker processes that come back when they end, and two workers' ends in this process. */
async function startCluster() {
  const folder = await makeFolder();
  const paths = [join(folder, '0.sock'), join(folder, '1.sock')];
  const messages: Message[] = [];
  const brokers = paths.map((path, id) =>
    supervise({
      name: `broker ${id}`,
      start: () => startChild(entry('server/broker/main.js')),
      startMessage: () => ({ type: 'start', options: { id, path, secret: SECRET, talk: TALK } }),
      readyWithinMs: 10_000,
      restart: true,
      backoff,
      onMessage: (message) => messages.push(message),
    }),
  );
  onTestFinished(async () => {
    await Promise.all(brokers.map((broker) => broker.stop(30_000)));
    expect(paths.some((path) => existsSync(path))).toBe(false);
  });
  await Promise.all(brokers.map(({ ready }) => ready));
  return { brokers: brokers as [Supervised, Supervised], paths, messages };
}

function connectWorker(paths: string[], workerId: number) {
  const inbox = new Inbox();
  const states: string[] = [];
  let fall: () => void;
  /** Resolves with the first loss of a link, before anything can bring that back. */
  const fallen = new Promise<void>((resolve) => {
    fall = resolve;
  });
  const broker = connectBrokers({
    paths,
    secret: SECRET,
    workerId,
    deliver: inbox.deliver,
    onState: (id, state) => {
      states.push(`${id} ${state}`);
      if (state === 'down') fall();
    },
  });
  onTestFinished(() => broker.close());
  return { broker, inbox, states, fallen };
}

/** A channel that lives in this one of two brokers. */
function channelOf(broker: number): string {
  const channels = Array.from({ length: 100 }, (_, index) => `room/${index}`);
  return channels.find((channel) => brokerOf(channel, 2) === broker)!;
}

test('connectBrokers() loses one of two brokers to SIGKILL and gets its channels back, the others go on', async () => {
  const { brokers, paths } = await startCluster();
  const a = connectWorker(paths, 0);
  const b = connectWorker(paths, 1);
  const [killed, kept] = [channelOf(0), channelOf(1)];
  await Promise.all([a, b].flatMap(({ broker }) => [broker.subscribe(killed), broker.subscribe(kept)]));
  await a.broker.publish(killed, bytesOf('before'));

  process.kill(brokers[0].pid!, 'SIGKILL');
  await Promise.all([a.fallen, b.fallen]);
  expect([a.states.at(-1), b.states.at(-1)]).toEqual(['0 down', '0 down']);
  const published = a.broker.publish(killed, bytesOf('meanwhile'));
  let count = 0;
  while (a.states.at(-1) !== '0 up' || b.states.at(-1) !== '0 up') {
    await a.broker.publish(kept, bytesOf(String(count++)));
  }
  await published;
  await a.broker.publish(killed, bytesOf('after'));

  expect(count).toBeGreaterThan(0);
  const others = Array.from({ length: count }, (_, index) => `${kept}:${index}`);
  await vi.waitFor(() => {
    for (const { received } of [a.inbox, b.inbox]) {
      expect(received.filter((line) => line.startsWith(`${kept}:`))).toEqual(others);
    }
  }, PATIENCE);
  // Worker b may have come back later than a, so only a is sure to get what was published meanwhile.
  const ofKilled = a.inbox.received.filter((line) => line.startsWith(`${killed}:`));
  expect(ofKilled).toEqual(['before', 'meanwhile', 'after'].map((text) => `${killed}:${text}`));
  await vi.waitFor(() => expect(b.inbox.received).toContain(`${killed}:after`), PATIENCE);
});

test('broker processes report snapshots and refuse a worker with another secret', async () => {
  const { paths, messages } = await startCluster();
  const errors: string[] = [];
  const stranger = connectBrokers({
    paths,
    secret: 'guessed',
    workerId: 0,
    deliver: () => {},
    onState: (_id, state, error) => errors.push(`${state}: ${error?.message}`),
  });
  onTestFinished(() => stranger.close());
  await vi.waitFor(() => expect(errors).toHaveLength(2), PATIENCE);
  expect(errors[0]).toContain('refused: the hello is missing or its secret is wrong');
  await vi.waitFor(() => {
    const snapshot = messages.find(({ type }) => type === 'snapshot')?.['snapshot'];
    expect(snapshot).toMatchObject({ role: 'broker', connections: 0, counters: { linksTooSlow: 0 } });
  }, PATIENCE);
});

test('a broker process that cannot listen says so with a code', async () => {
  const path = join(await makeFolder(), 'x'.repeat(120));
  const broker = supervise({
    name: 'broker 0',
    start: () => startChild(entry('server/broker/main.js')),
    startMessage: () => ({ type: 'start', options: { id: 0, path, secret: SECRET, talk: TALK } }),
    readyWithinMs: 10_000,
    restart: true,
    backoff,
  });
  await expect(broker.ready).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  await broker.stop(1_000);
});
