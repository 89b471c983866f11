/** Fleets in words. */
import { formatThings } from '../../figures/index.ts';
import { writeDollars, writeEstimated, writeInterval, writePercent } from './figures.ts';
import type { PlanFleet, PlanFleets, PlanNeeded, PlanRow } from './fleets.ts';

/** What a row of a table is, for whoever buys. */
export type Standing = 'recommended' | 'pareto' | 'unfit' | 'plain';

/** What the tiers rest on, the best first. */
export const tierBases: Readonly<Record<PlanRow['tier'], string>> = {
  T0: 'capacity measured on this type',
  T1: 'predicted from unit costs; those, or a calibration, were measured on this type',
  T2: 'another size of this family measured',
  T3: 'a family with the same processor measured',
  T4: 'other processors measured, published figures alone',
};

const marks: Readonly<Record<Standing, string>> = {
  recommended: '▶ recommended',
  pareto: '★ nothing betters it',
  unfit: '✗ never recommended',
  plain: '',
};

/** Says what a row is. */
export function standingOf(
  row: Pick<PlanFleet, 'unfit' | 'isRecommended'> & Partial<Pick<PlanFleet, 'isPareto'>>,
): Standing {
  if (row.unfit !== undefined) return 'unfit';
  if (row.isRecommended) return 'recommended';
  return row.isPareto === true ? 'pareto' : 'plain';
}

/** Words what a row is, with a sign; empty for one that is nothing special. */
export function writeStanding(standing: Standing): string {
  return marks[standing];
}

/** Words the tier, with the grade where it says more than interpolation. */
export function writeTier({ tier, grade }: Pick<PlanRow, 'tier' | 'grade'>): string {
  return grade === 'interpolation' ? tier : `${tier}, ${grade}`;
}

/** Words what binds: `network binds first, then busiest worker`. */
export function writeBinding({ binding, runnerUp }: Pick<PlanRow, 'binding' | 'runnerUp'>): string {
  return `${binding} binds first${runnerUp === undefined ? '' : `, then ${runnerUp}`}`;
}

/** Words a fleet: `2 hosts of c7i.large`. */
export function writeFleet({ nodes, type }: Pick<PlanRow, 'nodes' | 'type'>): string {
  return `${formatThings(nodes, 'host')} of ${type}`;
}

/** Gives the fleet to buy: the one for the users that were asked for, else the cheapest by user. */
export function fleetToBuy({ rows, needed }: PlanFleets): PlanRow | undefined {
  const asked = needed?.fleets.find(({ isRecommended }) => isRecommended)?.row;
  return needed === null ? rows.find(({ isRecommended }) => isRecommended) : asked;
}

/** Says which fleet to buy, and why that one; without full stop. */
export function fleetSentence(fleets: PlanFleets): string {
  const row = fleetToBuy(fleets);
  if (row === undefined) return 'No fleet may be recommended: none of the types is known well enough';
  const { users, monthly, perMillion, survives, tier } = row;
  return (
    `Buy ${writeFleet(row)}: ${writeInterval(users, writeEstimated)} users at ${writeDollars(monthly)} a month, ` +
    `${writeInterval(perMillion, writeDollars)} a month for a million users; ${writeBinding(row)}; ` +
    `${survives > 0 ? `survives the loss of ${formatThings(survives, 'host')}` : 'does not survive the loss of a host'}; ` +
    `evidence ${writeTier(row)}: ${tierBases[tier]}`
  );
}

/** Answers how many hosts so many users need; without full stop. */
export function neededSentence({ users, chance, fleets }: PlanNeeded): string {
  const wanted = `${writeEstimated(users)} users`;
  const found = fleets.find(({ isRecommended }) => isRecommended);
  if (found === undefined)
    return `No fleet may be recommended for ${wanted}: none of the types that are known well enough carries so many`;
  const { row, chance: reached } = found;
  return (
    `${wanted} take ${writeFleet(row)} at ${writeDollars(row.monthly)} a month: ` +
    `enough with a chance of ${writePercent(reached)}, wanted ${writePercent(chance)}`
  );
}

/** Chooses the rows there is room for, in the order they come in: those that may be bought before those that may not. */
export function chosenRows<Row>(
  rows: readonly Row[],
  { most, unfitOf }: { most: number; unfitOf: (row: Row) => string | undefined },
): Row[] {
  const fit = rows.filter((row) => unfitOf(row) === undefined);
  const unfit = rows.filter((row) => unfitOf(row) !== undefined);
  const kept = new Set([...fit, ...unfit].slice(0, most));
  return rows.filter((row) => kept.has(row));
}
