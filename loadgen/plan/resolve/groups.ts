/** Groups of a plan, with every default filled in. */
import type { Gap } from '../behaviour.ts';
import type { Group, PlannedBehaviour, PlannedGap } from '../plan.ts';
import type { BackOff } from '../scenario.ts';
import { apportion } from './apportion.ts';
import type { CheckedScenario } from './schema/index.ts';

type CheckedGroup = NonNullable<CheckedScenario['groups']>[number];
type CheckedBehaviour = CheckedGroup['behaviour'];
type CheckedGap = number | (Omit<Gap, 'spread'> & { spread?: number | undefined });

/** Spread of a gap whose scenario names none. Where the shape leaves nothing to spread it is 0. */
const SPREADS: Record<PlannedGap['shape'], number> = { even: 0.5, constant: 0, exponential: 0, lognormal: 1 };

/** Waits before a further attempt to connect, as `socketcluster-client` has them. */
const BACK_OFF: BackOff = { initial: 10, randomness: 10, multiplier: 1.5, most: 60 };

/** Plans the groups of a scenario, of which a bare behaviour makes one, named after its kind. */
export function planGroups(scenario: CheckedScenario): Group[] {
  const { users, groups, behaviour } = scenario;
  const all =
    groups ?? (behaviour === undefined ? [] : [{ ...scenario, name: behaviour.kind, weight: 1, behaviour }]);
  const counts = apportion(
    users,
    all.map(({ weight }) => weight),
  );
  return all.map((group, number) => planGroup(group, counts[number] ?? 0));
}

function planGroup(group: CheckedGroup, users: number): Group {
  const { name, behaviour, stays, returns, reconnects, stalls } = group;
  return {
    name,
    users,
    behaviour: planBehaviour(behaviour),
    stays: stays === undefined ? null : planGap(stays),
    returns: returns === undefined ? null : planGap(returns),
    reconnects: planBackOff(reconnects),
    stalls: stalls === undefined ? null : { every: planGap(stalls.every), for: planGap(stalls.for) },
  };
}

function planBehaviour(behaviour: CheckedBehaviour): PlannedBehaviour {
  if (!('every' in behaviour)) return behaviour;
  const { every, spread, ...rest } = behaviour;
  return { ...rest, every: planGap(every, spread) };
}

function planGap(gap: CheckedGap, spread?: number): PlannedGap {
  if (typeof gap === 'number') return { mean: gap, shape: 'even', spread: spread ?? SPREADS.even };
  const { mean, shape = 'even' } = gap;
  return { mean, shape, spread: gap.spread ?? SPREADS[shape] };
}

function planBackOff(reconnects: CheckedGroup['reconnects']): BackOff | null {
  if (typeof reconnects !== 'boolean') return reconnects;
  return reconnects ? BACK_OFF : null;
}
