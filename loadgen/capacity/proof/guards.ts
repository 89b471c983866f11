/** What the generator must have left unspent at the load that is reported, or the load is its own and not the server's. */
import type { TrialGenerator } from '../trials/index.ts';
import { atLeast, atMost, type Finding } from './finding.ts';

/** Share of a processor that a load process may take. */
const MOST_CPU = 0.7;
/** Delay of its event loop at 99 %, milliseconds. */
const MOST_LOOP_DELAY_MS = 5;
/** Lateness of its sends at 99 %, milliseconds, and as a share of the limit of the objective. */
const MOST_LATENESS_MS = 5;
const MOST_LATENESS_SHARE = 0.1;
/** Of what was planned. */
const LEAST_ACHIEVED = 0.995;
/**
 * Of the messages: a busy process acknowledges late what it has read in time, and a kernel that waits for the end of a
 * short burst sends its last segment again (RFC 8985, 7.3).
 */
const MOST_SENT_AGAIN = 0.005;
/** Of sockets and ports. */
const MOST_USED = 0.8;
/** Both sides count the same messages by clocks of their own: up to a second's more or less at either end. */
const EDGE_SECONDS = 2;

/** Judges a trial at the reported load; a figure that nobody told is no finding. */
export function guardsOf(
  generator: TrialGenerator,
  { withinMs, measuredSeconds }: { withinMs: number; measuredSeconds: number },
): Finding[] {
  const { processes, latenessMs, achieved, sockets, ports, retransmits, listenOverflows } = generator;
  const most = (of: (each: (typeof processes)[number]) => number | null): number =>
    Math.max(0, ...processes.map((each) => of(each) ?? 0));
  const latest = Math.min(MOST_LATENESS_MS, MOST_LATENESS_SHARE * withinMs);
  return [
    atMost(
      'processor time of a load process, cores',
      most(({ cpuCores }) => cpuCores),
      MOST_CPU,
    ),
    atMost(
      'event-loop delay p99 of a load process, ms',
      most(({ loopDelayMs }) => loopDelayMs),
      MOST_LOOP_DELAY_MS,
    ),
    ...(latenessMs === null ? [] : [atMost('lateness p99, ms', latenessMs, latest)]),
    atLeast('sent of what was planned', achieved, LEAST_ACHIEVED),
    atMost('open sockets of what a process may have', shareOf(sockets), MOST_USED),
    ...(ports === null ? [] : [atMost('ports of one address in use', shareOf(ports), MOST_USED)]),
    rising('segments sent again', retransmits, MOST_SENT_AGAIN * inHalf(generator)),
    rising('connections turned away by a full queue', listenOverflows),
    ...countFindings(generator, measuredSeconds),
  ];
}

function shareOf({ used, limit }: { used: number; limit: number }): number {
  return used / limit;
}

/** Messages that were answered in half of the measured seconds. */
function inHalf({ inFlight, retransmits }: TrialGenerator): number {
  return (inFlight.perSecond * retransmits.length) / 2;
}

/**
 * The second half against the first: what happens at the same rate all along is the network's own. So many more are
 * harmless.
 */
function rising(name: string, seconds: readonly number[], harmless = 0): Finding {
  const middle = Math.floor(seconds.length / 2);
  const [first, second] = [sum(seconds.slice(0, middle)), sum(seconds.slice(seconds.length - middle))];
  // Two standard deviations of a difference of Poisson counts, and one to spare.
  const chance = 2 * Math.sqrt(first + second) + 1;
  return atMost(`${name}, second half beyond the first`, second - first, Math.max(chance, harmless));
}

/** What is under way has been counted on one side; where it piles up, there is twice its mean in the end. */
function countFindings({ counts, inFlight }: TrialGenerator, measuredSeconds: number): Finding[] {
  if (counts === null) return [];
  const ways = [
    ['messages to the server', counts.toTarget],
    ['messages to users', counts.toUsers],
  ] as const;
  const allowed = Math.min(1, EDGE_SECONDS / Math.max(EDGE_SECONDS, measuredSeconds));
  return ways.map(([name, { generator, server }]) => {
    const off = Math.abs(server - generator) / Math.max(1, generator);
    const apart = (2 * inFlight.mean + counts.uncounted) / Math.max(1, generator);
    return atMost(`${name}, both sides' counts apart`, off, allowed + apart);
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
