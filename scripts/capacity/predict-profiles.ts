/** The processor time of one profile, predicted from what messages cost in the others. */
import {
  type CostModel,
  fitCosts,
  type Observation,
  predictBusy,
} from '../../loadgen/capacity/costs/index.ts';
import { observationsOf, type SizeFound } from '../../loadgen/capacity/planner/index.ts';
import type { Profile } from '../../loadgen/capacity/profiles/index.ts';
import { createDraws } from '../../loadgen/capacity/simulation/index.ts';
import { ClusterError } from '../../server/errors/index.ts';
import { refuseInterrupted, searchOnce, type Trying } from './trying.ts';

/**
 * Costs are those of a busy process: trials below this share of the capacity are left out, or of the highest load that was
 * met, where the generator ended the search.
 */
const HIGH_LOAD = 0.7;

/** What a profile's trials took of all workers together. */
export interface Measured {
  readonly name: string;
  readonly observations: readonly Observation[];
}

/**
 * Keeps a table with each profile held out once. One that cannot be measured is said to be, and the others go on.
 * @param share Of a core, for the worker: it is busy then where the load generator still has time. Absent: a whole one.
 * @throws ClusterError RUN_INTERRUPTED when somebody ended it.
 */
export async function predictProfiles(
  trying: Trying,
  profiles: readonly Profile[],
  share?: number,
  search: typeof searchOnce = searchOnce,
): Promise<void> {
  const measured: Measured[] = [];
  for (const profile of profiles) {
    const { name } = profile;
    try {
      const found = await search(
        { ...trying, profile },
        { name, isBrief: true, ...(share !== undefined && { share }) },
      );
      refuseInterrupted(found);
      trying.say(`  ${found.failure ?? found.result.sentence}`);
      measured.push({ name, observations: highOf(found) });
    } catch (error) {
      if (!(error instanceof ClusterError) || error.code === 'RUN_INTERRUPTED') throw error;
      trying.say(`  ${error.message}`);
      measured.push({ name, observations: [] });
    }
  }
  trying.keep(tableOf(measured));
}

/** Holds each profile out once. */
export function tableOf(measured: readonly Measured[]): string {
  const remarks = new Set<string>();
  const rows = measured.map((one) => {
    const cells = cellsOf(
      one,
      measured.filter((other) => other !== one),
      (remark) => remarks.add(`Without ${one.name}: ${remark}.`),
    );
    return `| ${one.name} | ${one.observations.length} | ${cells.join(' | ')} |`;
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

/** How far off a profile was predicted, and how far the others scatter; a dash for what nobody knows. */
function cellsOf(
  { observations }: Measured,
  others: readonly Measured[],
  note: (remark: string) => void,
): readonly [off: string, scatter: string] {
  const model = modelOf(others, note);
  if (model === undefined) return ['–', '–'];
  for (const { sentence } of model.remarks) note(sentence);
  const scatter = `${(100 * model.residual).toFixed(1)} %`;
  if (observations.length === 0) {
    note('No trial at high load was met, so nothing was measured to hold a prediction against');
    return ['–', scatter];
  }
  const offs = observations.map(({ busyMicros, work }) =>
    Math.log(predictBusy(model, work).median / busyMicros),
  );
  const off = offs.reduce((sum, each) => sum + each, 0) / offs.length;
  return [`${(100 * (Math.exp(off) - 1)).toFixed(1)} %`, scatter];
}

function modelOf(others: readonly Measured[], note: (remark: string) => void): CostModel | undefined {
  try {
    return fitCosts(
      others.flatMap(({ observations }) => observations),
      createDraws(1, 0).even,
    );
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    note(error.message);
    return undefined;
  }
}

function highOf({ result, trials }: SizeFound): Observation[] {
  const met = trials.filter(({ outcome }) => outcome.guards.length === 0 && outcome.ok);
  const highest = Math.max(0, ...met.map(({ outcome }) => outcome.load));
  const least = HIGH_LOAD * Math.min(highest, result.estimate?.median ?? highest);
  const high = met.filter(({ outcome }) => outcome.load >= least);
  return observationsOf(
    high.map(({ record }) => record),
    'worker',
  );
}
