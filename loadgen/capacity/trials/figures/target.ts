/** What the target's processes did in the measured seconds, and what they were given to do. */
import { type Probe, type ProbedProcess, processName, type Window } from '../../../results/index.ts';
import { heartbeatBytes } from '../../wire/index.ts';
import type { TrialCounts, TrialProcess } from '../trial-record.ts';
import type { Tally } from './tally.ts';
import type { Traffic } from './traffic.ts';

const MICROSECONDS = 1_000_000;

/**
 * Sums up each process over the measured seconds, by its mean over those in which it was looked at.
 *
 * @param probes Of the measured seconds.
 */
export function processesOf(probes: readonly Probe[], seconds: number): TrialProcess[] {
  const byProcess = new Map<string, ProbedProcess[]>();
  for (const probed of probes.flatMap(({ processes }) => processes)) {
    const name = `${probed.role} ${processName(probed)}`;
    byProcess.set(name, [...(byProcess.get(name) ?? []), probed]);
  }
  return Array.from(byProcess.values(), (looks) => processOf(looks, seconds));
}

function processOf(looks: readonly ProbedProcess[], seconds: number): TrialProcess {
  const over = (read: (look: ProbedProcess) => number): number =>
    (looks.reduce((sum, look) => sum + read(look), 0) / looks.length) * seconds;
  const highest = (read: (look: ProbedProcess) => number): number => Math.max(...looks.map(read));
  const [first] = looks;
  return {
    role: first?.role ?? 'worker',
    id: first?.id ?? 0,
    ...(first?.host !== undefined && { host: first.host }),
    busyMicros: over(({ cpuCores }) => cpuCores) * MICROSECONDS,
    rssBytes: highest(({ rssBytes }) => rssBytes),
    sockets: looks.at(-1)?.connections ?? 0,
    received: over(({ messagesInPerSecond }) => messagesInPerSecond),
    sent: over(({ messagesOutPerSecond }) => messagesOutPerSecond),
    loopDelayMs: highest(({ eventLoopP99Ms }) => eventLoopP99Ms),
  };
}

/** Counts what the target was given to do. `windows` and `tallies` are of the measured seconds. */
export function countsOf(
  windows: readonly Window[],
  tallies: readonly Tally[],
  traffic: Traffic,
): TrialCounts {
  const sum = (read: (each: Tally) => number): number => tallies.reduce((so, each) => so + read(each), 0);
  const [sent, published] = [sum((each) => each.sent), sum((each) => each.published)];
  const connects = sum((each) => each.connects);
  const [answered, pushed] = [sum((each) => each.answered), sum((each) => each.pushed)];
  const userSeconds = windows.reduce((so, { users }) => so + users.open, 0);
  const { message, perConnect, pingsPerUser, publication } = traffic;
  const pings = userSeconds * pingsPerUser;
  return {
    inbound: sent + published,
    deliveries: answered + pushed,
    published,
    pushed,
    pings,
    connects,
    uncounted: connects * perConnect,
    bytes:
      sent * message.inbound +
      answered * message.delivery +
      published * publication.inbound +
      pushed * publication.delivery +
      2 * pings * heartbeatBytes,
  };
}
