/** The question turned round: the smallest fleets that carry so many users. */
import { ClusterError } from '../../../server/errors/index.ts';
import type { Instance } from '../instances/index.ts';
import { type CompleteQuestion, complete, type FleetQuestion } from './question.ts';
import { buildRow, chanceOfFleet, type FleetRow } from './row.ts';

/** What is wanted. */
export interface Wanted {
  readonly users: number;
  /** Chance with which the fleet is to meet the objective at its target utilisation (0.95). */
  readonly chance?: number;
  /** Whether one host may be lost (true). */
  readonly survives?: boolean;
  /** Hosts of the largest fleet that is looked at (500). */
  readonly mostNodes?: number;
}

/** A fleet that is large enough. */
export interface NeededFleet {
  readonly row: FleetRow;
  /** Chance that it carries the users. */
  readonly chance: number;
}

/** The answer. */
export interface Needed {
  readonly users: number;
  readonly chance: number;
  /** The smallest fleet of each type, by price. */
  readonly fleets: readonly NeededFleet[];
  /** The cheapest that may be recommended. */
  readonly recommended?: NeededFleet;
  /** Sentences about types of which no fleet is large enough. */
  readonly leftOut: readonly string[];
}

const CHANCE = 0.95;
const MOST_NODES = 500;

/**
 * Finds the smallest fleet of each type that carries so many users.
 * @throws ClusterError `OPTION_INVALID` when the users are less than 1, or the chance is none.
 */
export function fleetsFor(question: FleetQuestion, wanted: Wanted): Needed {
  const { users, chance = CHANCE } = wanted;
  refuse('users', { value: users, isGood: users >= 1, wanted: '1 or more' });
  refuse('chance', { value: chance, isGood: chance > 0 && chance < 1, wanted: 'a number between 0 and 1' });
  const whole = complete(question);
  const found = whole.instances.map((instance) => smallest(instance, { ...wanted, chance }, whole));
  const fleets = found
    .flatMap((one) => ('leftOut' in one ? [] : [one]))
    .sort((one, other) => one.row.monthly - other.row.monthly || one.row.nodes - other.row.nodes);
  const recommended = fleets.find(({ row }) => row.unfit === undefined);
  return {
    users,
    chance,
    fleets,
    ...(recommended === undefined ? {} : { recommended }),
    leftOut: found.flatMap((one) => ('leftOut' in one ? [one.leftOut] : [])),
  };
}

/** Goes up host by host: what a further one adds is not the same each time, as hosts send each other publications. */
function smallest(
  instance: Instance,
  { users, chance, survives = true, mostNodes = MOST_NODES }: Wanted & { chance: number },
  question: CompleteQuestion,
): NeededFleet | { leftOut: string } {
  for (let nodes = survives ? 2 : 1; nodes <= mostNodes; nodes += 1) {
    const reached = chanceOfFleet({ instance, nodes }, question, users);
    if (reached < chance) continue;
    const row = buildRow({ instance, nodes }, question);
    return 'leftOut' in row ? row : { row, chance: reached };
  }
  const one = buildRow({ instance, nodes: 1 }, question);
  if ('leftOut' in one) return one;
  const carried = `${mostNodes} hosts do not carry ${users} users with a chance of ${chance}`;
  return { leftOut: `Cannot plan on "${instance.type}": ${carried}` };
}

function refuse(
  name: string,
  { value, isGood, wanted }: { value: number; isGood: boolean; wanted: string },
): void {
  if (isGood && Number.isFinite(value)) return;
  throw new ClusterError(`Cannot find fleets for "${name}": current value is ${value}, wanted ${wanted}`, {
    code: 'OPTION_INVALID',
  });
}
