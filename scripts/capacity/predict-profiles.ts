/** The processor time of one profile, predicted from what messages cost in the others. */
import { fitCosts, type Observation, predictBusy } from '../../loadgen/capacity/costs/index.ts';
import { observationsOf, type SizeFound } from '../../loadgen/capacity/planner/index.ts';
import type { Profile } from '../../loadgen/capacity/profiles/index.ts';
import { createDraws } from '../../loadgen/capacity/simulation/index.ts';
import { searchOnce, type Trying } from './trying.ts';

/** Costs are those of a busy process: trials below this share of the capacity are left out. */
const HIGH_LOAD = 0.7;

/** What a profile's trials took of all workers together. */
export interface Measured {
  readonly name: string;
  readonly observations: readonly Observation[];
}

/** Gives a table with each profile held out once. */
export async function predictProfiles(trying: Trying, profiles: readonly Profile[]): Promise<string> {
  const measured: Measured[] = [];
  for (const profile of profiles) {
    const found = await searchOnce({ ...trying, profile }, { name: profile.name, isBrief: true });
    measured.push({ name: profile.name, observations: highOf(found) });
  }
  return tableOf(measured);
}

/** Holds each profile out once. */
export function tableOf(measured: readonly Measured[]): string {
  const remarks = new Set<string>();
  const rows = measured.map(({ name, observations }) => {
    const others = measured.filter((one) => one.name !== name).flatMap((one) => one.observations);
    const model = fitCosts(others, createDraws(1, 0).even);
    for (const { sentence } of model.remarks) remarks.add(`Without ${name}: ${sentence}.`);
    const offs = observations.map(({ busyMicros, work }) =>
      Math.log(predictBusy(model, work).median / busyMicros),
    );
    const off = offs.reduce((sum, each) => sum + each, 0) / Math.max(1, offs.length);
    return `| ${name} | ${observations.length} | ${(100 * (Math.exp(off) - 1)).toFixed(1)} % | ${(100 * model.residual).toFixed(1)} % |`;
  });
  return [
    '| held out | trials | predicted against measured | scatter of the others |',
    '|---|---|---|---|',
    ...rows,
    '',
    ...Array.from(remarks, (remark) => `- ${remark}`),
    '',
  ].join('\n');
}

function highOf({ result, trials }: SizeFound): Observation[] {
  const least = HIGH_LOAD * (result.estimate?.median ?? 0);
  const high = trials.filter(
    ({ outcome }) => outcome.guards.length === 0 && outcome.load >= least && outcome.ok,
  );
  return observationsOf(
    high.map(({ record }) => record),
    'worker',
  );
}
