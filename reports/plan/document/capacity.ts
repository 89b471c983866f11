/** The capacity of one size, worded as it may be published: what was not proven is a lower bound. */
import { writeLoad, writeUsers } from './figures.ts';
import type { PlanEstimate } from './fleets.ts';
import type { PlanDocument, PlanSize, PlanTrial } from './schema.ts';

/** A capacity as it is published. */
export interface Capacity {
  /** What stands before it. */
  readonly bound: '' | 'at least';
  /** What stands behind it, with brackets: what kept the search from a larger load. Empty where nothing did. */
  readonly remark: string;
  /** The largest load that was confirmed, messages a second, and the users who make it; null when none was. */
  readonly load: number | null;
  readonly users: number | null;
  /** Absent where there is none, and where the capacity is a lower bound: its interval would have no upper end. */
  readonly estimate?: { readonly load: PlanEstimate; readonly users: PlanEstimate };
}

/** What became of a trial: `spoilt` by the generator it says nothing of the target. */
export type TrialOutcome = 'passed' | 'failed' | 'spoilt';

/** Gives the capacity of one size; the proof of the generator is that of the whole plan. */
export function capacityOf(size: PlanSize, proof: PlanDocument['proof']): Capacity {
  const remark = remarkOf(size, proof);
  const { confirmed, usersPerLoad, estimate } = size;
  return {
    bound: remark === '' ? '' : 'at least',
    remark,
    load: confirmed,
    users: confirmed === null ? null : confirmed * usersPerLoad,
    ...(estimate !== null &&
      remark === '' && { estimate: { load: estimate, users: times(estimate, usersPerLoad) } }),
  };
}

/** Gives the capacities at the common limits; without a proof of the generator all of them are lower bounds. */
export function limitsOfSize(
  { capacities }: PlanSize,
  proof: PlanDocument['proof'],
): PlanSize['capacities'][number][] {
  const isProven = proof?.proven === true;
  return capacities.map((capacity) => ({ ...capacity, isAtLeast: capacity.isAtLeast || !isProven }));
}

/** Whether fleets follow from costs alone: of users who hardly say anything no capacity is searched. */
export function isFromCosts({ fleets, sizes }: Pick<PlanDocument, 'fleets' | 'sizes'>): boolean {
  return sizes.length === 0 && fleets !== null;
}

/** Words a capacity: `at least 61,700 users, 12,340 messages/s (generator-limited)`. */
export function writeCapacity({ bound, remark, load, users }: Capacity): string {
  const parts = [bound, `${writeUsers(users)}, ${writeLoad(load)}`, remark];
  return parts.filter((part) => part !== '').join(' ');
}

/** Says what became of a trial. */
export function outcomeOf({ ok, guards }: Pick<PlanTrial, 'ok' | 'guards'>): TrialOutcome {
  if (guards.length > 0) return 'spoilt';
  return ok ? 'passed' : 'failed';
}

/** Gives an estimate in another unit. */
export function times({ median, lower, upper, spread }: PlanEstimate, factor: number): PlanEstimate {
  return { median: median * factor, lower: lower * factor, upper: upper * factor, spread };
}

function remarkOf({ atLeast }: PlanSize, proof: PlanDocument['proof']): string {
  if (proof?.proven === false) return '(generator-limited)';
  if (atLeast !== null) return `(${atLeast})`;
  return proof === null ? '(generator not proven)' : '';
}
