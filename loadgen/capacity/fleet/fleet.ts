/** The table of fleets: every type with every number of hosts, what carries most for its price first. */
import { type Instance, trackedConnectionsOf, warnOfIdle } from '../instances/index.ts';
import { type Advice, adviseNext } from './next.ts';
import { type CompleteQuestion, complete, type FleetQuestion } from './question.ts';
import { buildRow, type FleetRow } from './row.ts';

/** A row of the table. */
export interface RankedRow extends FleetRow {
  /** Whether no fleet that may be recommended carries as many for less, or more for as much. */
  readonly isPareto: boolean;
}

/** The table. */
export interface FleetTable {
  /** The fewest dollars for a million users first. */
  readonly rows: readonly RankedRow[];
  /** The first that may be recommended and survives the loss of a host; of those that do not if there is none. */
  readonly recommended?: RankedRow;
  /** Sentences about types that carry nobody. */
  readonly leftOut: readonly string[];
  /** Sentences about what the table takes for granted. */
  readonly notes: readonly string[];
  /** The one measurement that would tell most; absent when none would tell anything. */
  readonly next?: Advice;
}

/** Makes the table. */
export function planFleets(question: FleetQuestion): FleetTable {
  const whole = complete(question);
  const built = whole.instances.flatMap((instance) =>
    whole.nodeCounts.map((nodes) => buildRow({ instance, nodes }, whole)),
  );
  const plain = built.flatMap((one) => ('leftOut' in one ? [] : [one]));
  const rows = rank(plain);
  const recommended = recommend(rows);
  const next = adviseNext({ rows, ...(recommended ? { recommended } : {}) }, whole);
  return {
    rows,
    ...(recommended === undefined ? {} : { recommended }),
    leftOut: [...new Set(built.flatMap((one) => ('leftOut' in one ? [one.leftOut] : [])))],
    notes: notesOf(whole),
    ...(next === undefined ? {} : { next }),
  };
}

/** Sorts rows by what a million users cost, and marks those that nothing betters. */
export function rank(rows: readonly FleetRow[]): RankedRow[] {
  const fit = rows.filter(({ unfit }) => unfit === undefined);
  return rows
    .toSorted((one, other) => {
      const perUser = one.perMillion.median - other.perMillion.median;
      // Fleets of one type differ by roundings alone: the smaller one comes first.
      const isSame = Math.abs(perUser) < 1e-9 * one.perMillion.median;
      return isSame ? one.monthly - other.monthly : perUser;
    })
    .map((row) => ({
      ...row,
      isPareto: row.unfit === undefined && !fit.some((other) => betters(other, row)),
    }));
}

function betters(one: FleetRow, other: FleetRow): boolean {
  const isNoWorse = one.monthly <= other.monthly && one.users.lower >= other.users.lower;
  return isNoWorse && (one.monthly < other.monthly || one.users.lower > other.users.lower);
}

function recommend(rows: readonly RankedRow[]): RankedRow | undefined {
  const fit = rows.filter(({ unfit }) => unfit === undefined);
  return fit.find(({ survives }) => survives > 0) ?? fit[0];
}

function notesOf(question: CompleteQuestion): string[] {
  const { instances, isTracked, rates } = question;
  const idle = rates.pings > 0 ? warnOfIdle(1 / rates.pings) : undefined;
  return [
    ...(idle === undefined ? [] : [idle]),
    ...(isTracked && instances.some((instance) => trackedConnectionsOf(instance).spread > 0)
      ? [TRACKED_NOTE]
      : []),
    ...aboutTypes(
      instances.filter(({ network }) => network === undefined),
      'no bandwidth is published: it is not counted',
    ),
    ...aboutTypes(
      instances.filter(({ sustained }) => sustained < 1),
      'processors are counted at what they give all the time, without credits',
    ),
    ...aboutTypes(
      instances.filter(({ family }) => family.endsWith('-flex')),
      'processors are counted as if they gave all they have at any time, which AWS does not promise',
    ),
  ];
}

const TRACKED_NOTE =
  'Connections that security groups can follow are published for m7i-flex.large alone, and taken in proportion to ' +
  'vCPUs elsewhere; rules that are open to all in both directions lift the limit, behind a load balancer nothing does';

function aboutTypes(instances: readonly Instance[], what: string): string[] {
  const types = instances.map(({ type }) => type);
  return types.length === 0 ? [] : [`Of ${types.join(', ')} ${what}`];
}
