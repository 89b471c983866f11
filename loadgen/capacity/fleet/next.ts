/** Which single measurement would make the answer most certain. */
import { estimateOf } from '../estimate/index.ts';
import { type Instance, tiers } from '../instances/index.ts';
import { type Evidence, evidenceOf } from './node/index.ts';
import type { CompleteQuestion, Prediction } from './question.ts';
import { buildRow, type FleetRow } from './row.ts';

/** Advice to measure something. */
export interface Advice {
  /** To run the calibration workload on a type, or to search its capacity. */
  readonly kind: 'calibrate' | 'measure';
  readonly type: string;
  /** Workers to search the capacity with. */
  readonly workers: number;
  /** Of the price: upper end of its interval over the lower one, before and after. */
  readonly before: number;
  readonly after: number;
  readonly sentence: string;
}

/** Standard deviation of a capacity that was searched to its end: an interval of 90 % that is 6 % wide. */
const MEASURED_SPREAD = Math.log(1.06) / (2 * 1.645);

/** Minutes that a host is paid for to run the calibration workload: it works for seconds, and has to start. */
const CALIBRATION_MINUTES = 2;

/** Advice that narrows an interval by less than this factor is none. */
const LEAST_GAIN = 1.05;

interface Option extends Omit<Advice, 'sentence'> {
  instance: Instance;
  /** Of a million users, as likely as not. */
  price: number;
}

/**
 * Gives the measurement after which the interval of a price would be narrowest against what it is, of all types that
 * may turn out to be the cheapest; of two that tell as much, about the type that is more likely to be.
 */
export function adviseNext(
  { rows, recommended }: { rows: readonly FleetRow[]; recommended?: FleetRow },
  question: CompleteQuestion,
): Advice | undefined {
  const best = recommended ?? rows[0];
  if (best === undefined) return undefined;
  const options = question.instances.flatMap((instance): Option[] => {
    const row = cheapestOf(instance, { rows, best });
    const mayWin = row !== undefined && row.perMillion.lower < best.perMillion.upper;
    return mayWin ? optionsOf(instance, row, question) : [];
  });
  const [first] = options
    .filter(({ before, after }) => before > after * LEAST_GAIN)
    .sort((one, other) => gainOf(other) - gainOf(one) || one.price - other.price);
  if (first === undefined) return undefined;
  const { instance, price, ...advice } = first;
  return { ...advice, sentence: sentenceOf(advice, { instance, best }) };
}

/** Of a type, the fleet that is held against the best: with as many hosts, or the cheapest. */
function cheapestOf(
  { type }: Instance,
  { rows, best }: { rows: readonly FleetRow[]; best: FleetRow },
): FleetRow | undefined {
  const own = rows.filter((row) => row.type === type && row.grade !== 'beyond');
  return own.find(({ nodes }) => nodes === best.nodes) ?? own[0];
}

/** A calibration makes the speed known, a search the capacity as well. */
function optionsOf(instance: Instance, row: FleetRow, question: CompleteQuestion): Option[] {
  const { measured, workersOn } = question;
  const workers = workersOn(instance.vcpus);
  const prediction = measured.scaling(workers);
  const before = widthOf(row);
  const speed = evidenceOf(instance, { machine: measured.machine, scores: question.scores }).speed;
  const widthWith = (known: { evidence: Evidence; prediction?: Prediction }): number => {
    const built = buildRow({ instance, nodes: row.nodes, ...known }, question);
    return 'leftOut' in built ? before : widthOf(built);
  };
  const common = { type: instance.type, workers, before, instance, price: row.perMillion.median };
  const calibrate: Option = {
    ...common,
    kind: 'calibrate',
    after: widthWith({ evidence: { tier: 'T1', speed, spread: tiers.T1.spread } }),
  };
  const measure: Option = {
    ...common,
    kind: 'measure',
    after: widthWith({
      evidence: { tier: 'T0', speed, spread: 0 },
      prediction: { ...estimateOf(prediction.median, MEASURED_SPREAD), grade: 'interpolation' },
    }),
  };
  // A search takes much longer: it comes first only where the scaling law is what is uncertain; and where it was costs
  // alone that were measured, there is nothing to search.
  const isSpeed = row.spreads.tier > Math.max(tiers.T1.spread, row.spreads.scaling);
  return [isSpeed || measured.machine.isSearched === false ? calibrate : measure];
}

/** In steps of a tenth of the logarithm: finer differences are none. */
function gainOf({ before, after }: Option): number {
  return Math.round(Math.log(before / after) * 10);
}

function widthOf({ perMillion: { lower, upper } }: FleetRow): number {
  return upper / lower;
}

function sentenceOf(
  { kind, type, workers, before, after }: Omit<Advice, 'sentence'>,
  { instance, best }: { instance: Instance; best: FleetRow },
): string {
  const effect = `its price would be known within a factor of ${after.toFixed(2)} instead of ${before.toFixed(2)}`;
  const why = best.type === type ? '' : `, and it may turn out cheaper than ${best.type}`;
  if (kind === 'measure') {
    return `Search the capacity of ${type} with ${workers} ${workers === 1 ? 'worker' : 'workers'}: ${effect}${why}; there, run this plan with --here ${type}`;
  }
  const dollars = (instance.hourly * CALIBRATION_MINUTES) / 60;
  return `Calibrate ${type}, two minutes for $${dollars.toFixed(3)}: ${effect}${why}; there, run "npx scbench calibrate ${type}", and give this plan what it prints by --scores`;
}
