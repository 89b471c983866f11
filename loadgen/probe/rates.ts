/** Two looks at a cluster, one after the other, made into rates. */
import type { ProbedProcess } from '../results/index.ts';

/** A process as the target's admin endpoint tells it; the fields used here. */
export interface ProbedSnapshot {
  role: ProbedProcess['role'];
  id: number;
  pid: number;
  /** Monotonic, milliseconds. */
  at: number;
  cpuMicros: number;
  rssBytes: number;
  eventLoop: { p99: number };
  gcMs: number;
  connections: number;
  messagesIn: number;
  messagesOut: number;
}

const key = ({ role, id, pid }: ProbedSnapshot): string => `${role}/${id}/${pid}`;

/** Looks with the same figures after which a process counts as silent: it was held, or is gone. */
const MOST_REPEATS = 3;

/**
 * Makes a function that turns each new look into rates since the one before. A process that has told nothing
 * new for three looks is left out.
 */
export function createRates(): (snapshots: readonly ProbedSnapshot[]) => ProbedProcess[] {
  let before = new Map<string, { snapshot: ProbedSnapshot; rated: ProbedProcess; repeats: number }>();
  return (snapshots) => {
    const next = snapshots.map((snapshot) => {
      const earlier = before.get(key(snapshot));
      // The cluster measures once a second by its own clock: the same figures again tell nothing new.
      return earlier?.snapshot.at === snapshot.at
        ? { ...earlier, repeats: earlier.repeats + 1 }
        : { snapshot, rated: rate(snapshot, earlier?.snapshot), repeats: 0 };
    });
    before = new Map(next.map((each) => [key(each.snapshot), each]));
    return next.filter(({ repeats }) => repeats < MOST_REPEATS).map(({ rated }) => rated);
  };
}

function rate(now: ProbedSnapshot, before: ProbedSnapshot = now): ProbedProcess {
  const seconds = (now.at - before.at) / 1_000;
  const perSecond = (later: number, earlier: number) => (seconds > 0 ? (later - earlier) / seconds : 0);
  return {
    role: now.role,
    id: now.id,
    pid: now.pid,
    cpuCores: perSecond(now.cpuMicros, before.cpuMicros) / 1_000_000,
    rssBytes: now.rssBytes,
    eventLoopP99Ms: now.eventLoop.p99,
    gcMsPerSecond: perSecond(now.gcMs, before.gcMs),
    connections: now.connections,
    messagesInPerSecond: perSecond(now.messagesIn, before.messagesIn),
    messagesOutPerSecond: perSecond(now.messagesOut, before.messagesOut),
  };
}
