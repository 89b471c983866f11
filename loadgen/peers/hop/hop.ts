/**
 * What a publication costs on the link between a worker and its broker: processor time of both ends, in
 * processes of their own. Turns without publications are measured too and taken off, because a worker's loop
 * turns anyway.
 */
import { join } from 'node:path';
import type { Child } from '../../../server/process/index.ts';
import { cpuMicros } from '../../host/index.ts';
import { end as stopChild } from '../child.ts';
import { arrivalOf } from './arrival.ts';
import { startBroker } from './broker.ts';
import { type End, startEnd } from './end.ts';
import type { Work } from './messages.ts';
import { startWhole } from './whole.ts';

/** What a round gives. Less is better in all of them. */
export const hopFigures = [
  { key: 'single', title: 'worker to broker, 1 a write', unit: 'µs' },
  { key: 'batched', title: 'worker to broker, 10 a write', unit: 'µs' },
  { key: 'onward', title: 'broker to worker, 10 a write', unit: 'µs' },
] as const;

/** Processor time of both ends together, microseconds a publication. */
type HopRound = Record<(typeof hopFigures)[number]['key'], number>;

/** A broker and two workers' ends, ready to be measured. */
export interface HopBench {
  round(turns: number): Promise<HopRound>;
  stop(): Promise<void>;
}

/** Processor time that one order took, microseconds. */
interface Cost {
  sender: number;
  broker: number;
  receiver: number;
}

const BATCH = 10;
const SECRET = 'hop';

/** Starts the three processes. */
export function startHop(): Promise<HopBench> {
  return startWhole('scbench-hop', async (folder, shutdown) => {
    const path = join(folder, 'broker');
    const broker = await startBroker(path, SECRET);
    shutdown.add('broker', () => stopChild(broker));
    const sender = await startEnd({ path, secret: SECRET, workerId: 0 });
    shutdown.add('sender', () => sender.stop());
    const receiver = await startEnd({ path, secret: SECRET, workerId: 1 });
    shutdown.add('receiver', () => receiver.stop());
    return { round: (turns: number) => measureRound({ sender, receiver, broker }, turns) };
  });
}

interface Ends {
  sender: End;
  receiver: End;
  broker: Child;
}

async function measureRound(ends: Ends, turns: number): Promise<HopRound> {
  await ends.receiver.ask({ type: 'listen', isListening: false });
  const idle = await costOf(ends, { perTurn: 0, turns });
  const single = await costOf(ends, { perTurn: 1, turns });
  const batched = await costOf(ends, { perTurn: BATCH, turns });
  await ends.receiver.ask({ type: 'listen', isListening: true });
  const onward = await costOf(ends, { perTurn: BATCH, turns }, BATCH * turns);
  const firstHop = (cost: Cost): number => cost.sender + cost.broker - idle.sender - idle.broker;
  return {
    single: firstHop(single) / turns,
    batched: firstHop(batched) / turns / BATCH,
    onward: (onward.broker - batched.broker + onward.receiver - idle.receiver) / turns / BATCH,
  };
}

/** Has the sender publish; what it costs until the receiver has taken so many. */
async function costOf(ends: Ends, work: Work, deliveries = 0): Promise<Cost> {
  const before = await costSoFar(ends);
  await ends.sender.ask({ type: 'publish', ...work });
  await arrivalOf(deliveries, ends.receiver);
  const after = await costSoFar(ends);
  return {
    sender: after.sender - before.sender,
    broker: after.broker - before.broker,
    receiver: after.receiver - before.receiver,
  };
}

async function costSoFar({ sender, receiver, broker }: Ends): Promise<Cost> {
  return {
    sender: (await sender.ask({ type: 'tell' })).cpuMicros,
    broker: cpuMicros([broker.pid]),
    receiver: (await receiver.ask({ type: 'tell' })).cpuMicros,
  };
}
