/** What our server and our load process are wanted to be beside the others, and whether they are. Pure. */
import type { PeerComparison, PeerRow, PeerTarget } from '../results/index.ts';

/** What one figure is wanted to be. */
interface Target {
  readonly measure: string;
  readonly key: string;
  /** Whom ours is held against; undefined: the figure itself is meant. */
  readonly beside?: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

const [SC20, SC14, IO, WS] = ['socketcluster-20', 'socketcluster-14', 'socket.io', 'ws'];

/** All of them; of processor time what all processes take counts, since a cluster has more of them. */
const targets: readonly Target[] = [
  { measure: 'memory', key: 'rss', atMost: 8 },
  { measure: 'memory', key: 'rss', beside: SC20, atMost: 0.55 },
  { measure: 'memory', key: 'rss', beside: IO, atMost: 0.55 },
  { measure: 'connect-known', key: 'all', beside: SC20, atMost: 0.35 },
  { measure: 'connect-new', key: 'all', beside: SC20, atMost: 0.35 },
  { measure: 'echo', key: 'all', beside: SC20, atMost: 0.55 },
  { measure: 'echo', key: 'all', beside: SC14, atMost: 0.7 },
  { measure: 'echo', key: 'all', beside: IO, atMost: 0.6 },
  { measure: 'echo', key: 'all', beside: WS, atMost: 0.85 },
  { measure: 'pipelined', key: 'perSecond', beside: SC20, atLeast: 5 },
  { measure: 'pipelined', key: 'perSecond', beside: WS, atLeast: 2.5 },
  { measure: 'fanout-single', key: 'all', beside: SC20, atMost: 0.5 },
  { measure: 'fanout-single', key: 'all', beside: IO, atMost: 0.7 },
  { measure: 'fanout-burst', key: 'perSecond', beside: SC20, atLeast: 10 },
  { measure: 'stalled', key: 'grown', atMost: 2 },
  // Codes of an application's own begin there.
  { measure: 'stalled', key: 'code', atLeast: 4_000 },
  // Of clients and generators.
  { measure: 'memory', key: 'memory', atMost: 6 },
  { measure: 'echo', key: 'echo', beside: WS, atMost: 0.75 },
  { measure: 'load', key: 'usersPerCore', beside: 'artillery', atLeast: 20 },
];

/** Names of what is ours. */
const OURS = /^(ours|load-process|driver)/;

/** Adds to the figures of a row what they are wanted to be, if the first subject is ours. */
export function withTargets(row: PeerRow, subjects: readonly string[]): PeerRow {
  if (!OURS.test(subjects[0] ?? '')) return row;
  const cells = row.cells.map((cell, index) => {
    const beside = index === 0 ? undefined : subjects[index];
    const target = targets.find(
      (one) => one.measure === row.measure && one.key === row.key && one.beside === beside,
    );
    if (target === undefined || !('median' in cell)) return cell;
    const value = index === 0 ? cell.median : cell.ratio?.value;
    return value === undefined ? cell : { ...cell, target: judge(value, target) };
  });
  return { ...row, cells };
}

function judge(value: number, { atMost, atLeast }: Target): PeerTarget {
  return atLeast === undefined
    ? { bound: atMost ?? Number.NaN, sense: 'at most', isMet: value <= (atMost ?? Number.NaN) }
    : { bound: atLeast, sense: 'at least', isMet: value >= atLeast };
}

/** Tells whether all that is wanted of what was measured is so. */
export function meetsTargets({ rows }: Pick<PeerComparison, 'rows'>): boolean {
  return rows.every(({ cells }) =>
    cells.every((cell) => !('median' in cell) || cell.target?.isMet !== false),
  );
}
