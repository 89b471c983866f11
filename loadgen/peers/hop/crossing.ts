/**
 * What a publication costs that crosses to another host, beside one that does not: processor time of all processes on
 * its way, the publisher's and the subscriber's ends included. Both hosts and NATS are on this machine.
 */
import { join } from 'node:path';
import type { Child } from '../../../server/process/index.ts';
import { cpuMicros } from '../../host/index.ts';
import { end as stopChild } from '../child.ts';
import { arrivalOf } from './arrival.ts';
import { type Joining, startBroker } from './broker.ts';
import { type End, startEnd } from './end.ts';
import type { Work } from './messages.ts';
import { startNats } from './nats.ts';
import { startWhole } from './whole.ts';

/** What a round gives, processor time for a publication. Less is better in all of them. */
export const crossingFigures = [
  { key: 'localSingle', title: 'worker to worker of a host, 1 a turn', unit: 'µs' },
  { key: 'farSingle', title: 'to a worker of another host, 1 a turn', unit: 'µs' },
  { key: 'localBatched', title: 'worker to worker of a host, 10 a turn', unit: 'µs' },
  { key: 'farBatched', title: 'to a worker of another host, 10 a turn', unit: 'µs' },
  { key: 'natsSingle', title: 'of it nats-server, 1 a turn', unit: 'µs' },
  { key: 'natsBatched', title: 'of it nats-server, 10 a turn', unit: 'µs' },
] as const;

type Round = Record<(typeof crossingFigures)[number]['key'], number>;

/** The processes between a publisher and a subscriber. */
interface Path {
  sender: End;
  receiver: End;
  /** Processes between the two ends, without NATS. */
  brokers: readonly number[];
  nats: readonly number[];
}

const BATCH = 10;
const SECRET = 'crossing';

/** Starts a host by itself, two hosts that are joined, and NATS between them. */
export function startCrossing(): Promise<{
  round(turns: number): Promise<Round>;
  stop(): Promise<void>;
}> {
  return startWhole('scbench-crossing', async (folder, shutdown) => {
    const nats = await startNats();
    shutdown.add('nats', () => nats.stop());
    const startAt = async (name: string, joining?: Joining): Promise<Child> => {
      const broker = await startBroker(join(folder, name), SECRET, joining);
      shutdown.add(`broker ${name}`, () => stopChild(broker));
      return broker;
    };
    const endAt = async (name: string, workerId: number): Promise<End> => {
      const end = await startEnd({ path: join(folder, name), secret: SECRET, workerId });
      shutdown.add(`end at ${name}`, () => end.stop());
      return end;
    };
    const alone = await startAt('alone');
    const here = await startAt('here', { server: nats.server, hostId: '000000000001' });
    const there = await startAt('there', { server: nats.server, hostId: '000000000002' });
    const [sender, receiver] = [await endAt('alone', 0), await endAt('alone', 1)];
    const local: Path = { sender, receiver, brokers: [alone.pid], nats: [] };
    const [near, distant] = [await endAt('here', 0), await endAt('there', 0)];
    const brokers = [here.pid, there.pid];
    const far: Path = { sender: near, receiver: distant, brokers, nats: [nats.pid] };
    return { round: (turns: number) => measureRound(local, far, turns) };
  });
}

/** Processor time that one order took, microseconds. */
interface Cost {
  all: number;
  nats: number;
}

async function measureRound(local: Path, far: Path, turns: number): Promise<Round> {
  const [localSingle, localBatched] = await measurePath(local, turns);
  const [farSingle, farBatched] = await measurePath(far, turns);
  return {
    localSingle: localSingle.all,
    farSingle: farSingle.all,
    localBatched: localBatched.all,
    farBatched: farBatched.all,
    natsSingle: farSingle.nats,
    natsBatched: farBatched.nats,
  };
}

/** What a publication costs with one and with ten a turn. Turns without any are taken off, as a loop turns anyway. */
async function measurePath(path: Path, turns: number): Promise<[single: Cost, batched: Cost]> {
  const idle = await costOf(path, { perTurn: 0, turns });
  const single = await costOf(path, { perTurn: 1, turns });
  const batched = await costOf(path, { perTurn: BATCH, turns });
  const each = ({ all, nats }: Cost, count: number): Cost => ({
    all: (all - idle.all) / count,
    nats: (nats - idle.nats) / count,
  });
  return [each(single, turns), each(batched, turns * BATCH)];
}

/** Has the sender publish; what it costs until the receiver has taken all. */
async function costOf(path: Path, work: Work): Promise<Cost> {
  await path.receiver.ask({ type: 'listen', isListening: true });
  const before = await costSoFar(path);
  await path.sender.ask({ type: 'publish', ...work });
  await arrivalOf(work.perTurn * work.turns, path.receiver);
  const after = await costSoFar(path);
  return { all: after.all - before.all, nats: after.nats - before.nats };
}

async function costSoFar({ sender, receiver, brokers, nats }: Path): Promise<Cost> {
  const ofNats = nats.length === 0 ? 0 : cpuMicros(nats);
  const ofEnds = await Promise.all([sender.ask({ type: 'tell' }), receiver.ask({ type: 'tell' })]);
  return {
    all: ofNats + cpuMicros(brokers) + ofEnds.reduce((sum, told) => sum + told.cpuMicros, 0),
    nats: ofNats,
  };
}
