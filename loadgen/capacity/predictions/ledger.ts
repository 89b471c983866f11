/**
 * The ledger of predictions: one line when a prediction is frozen, and one when it was measured. It is appended to and
 * never rewritten, and a line that was changed is refused. Whoever prints the hash when a prediction is frozen can show
 * later that the line was not written anew.
 */
import { existsSync } from 'node:fs';
import { ClusterError } from '../../../server/errors/index.ts';
import type { Outcome } from './coverage.ts';
import { appendToFile, readFile } from './file.ts';
import {
  type FrozenPrediction,
  type Line,
  lineOfMeasurement,
  lineOfPrediction,
  lineSchema,
  type Measurement,
} from './lines.ts';

/** A prediction as the ledger has it. */
export interface LedgerPrediction extends FrozenPrediction {
  /** SHA-256 of its canonical text, by which it is known. */
  readonly hash: string;
  /** Absent until it was measured. */
  readonly measurement?: Measurement;
}

type Ledger = ReadonlyMap<string, LedgerPrediction>;

/** Digits by which a hash is named in sentences. */
const DIGITS = 12;

/**
 * Appends a prediction, before anything of it is measured.
 * @returns Its hash, to be printed, and given to `recordMeasurement`.
 * @throws ClusterError `OPTION_INVALID` for what is no prediction or is frozen already, and where nothing can be
 * written; `RECORD_INVALID` for a ledger that cannot be read; `RESULTS_UNWRITTEN` when the disk is full.
 */
export function freezePrediction(path: string, prediction: FrozenPrediction): string {
  const line = lineOfPrediction(prediction);
  append(path, line);
  return line.hash;
}

/**
 * Appends what was measured of a prediction.
 * @throws ClusterError `OPTION_INVALID` when the ledger does not have the prediction, has it measured, or froze it
 * later; otherwise as `freezePrediction`.
 */
export function recordMeasurement(path: string, measurement: Measurement): void {
  append(path, lineOfMeasurement(measurement));
}

/**
 * Reads all predictions in the order they were frozen, with what was measured of them.
 * @throws ClusterError `RECORD_INVALID` when there is no file, or naming the first line that is none, was changed, or
 * does not follow from those before it.
 */
export function readPredictions(path: string): LedgerPrediction[] {
  return [...readLedger(path).values()];
}

/** Gives the predictions of which a measurement is there, as `coverageOf` counts them. */
export function outcomesOf(predictions: readonly LedgerPrediction[]): Outcome[] {
  return predictions.flatMap(({ median, lower, upper, measurement }) =>
    measurement === undefined ? [] : { median, lower, upper, measured: measurement.median },
  );
}

function readLedger(path: string): Ledger {
  const ledger = new Map<string, LedgerPrediction>();
  for (const [index, line] of readFile(path).entries()) {
    const objection = objectionTo(line, ledger);
    if (objection !== undefined) {
      throw new ClusterError(`Cannot read line ${index + 1} of predictions "${path}": ${objection}`, {
        code: 'RECORD_INVALID',
      });
    }
    enter(line, ledger);
  }
  return ledger;
}

function append(path: string, line: Line): void {
  const { error } = lineSchema.safeParse(line);
  const place = error?.issues[0];
  const objection =
    place === undefined
      ? objectionTo(line, existsSync(path) ? readLedger(path) : new Map())
      : `"${place.path.slice(1).join('.')}" is wrong: ${place.message}`;
  if (objection !== undefined) {
    throw new ClusterError(`Cannot append a ${line.type} to predictions "${path}": ${objection}`, {
      code: 'OPTION_INVALID',
      cause: error,
    });
  }
  appendToFile(path, line);
}

/** Says why a line cannot follow what the ledger has, if it cannot. */
function objectionTo(line: Line, ledger: Ledger): string | undefined {
  if (line.type === 'prediction') {
    return ledger.has(line.hash) ? `${short(line.hash)} is frozen already, wanted it once` : undefined;
  }
  const { of, at } = line.measurement;
  const prediction = ledger.get(of);
  if (prediction === undefined) return `it measures ${short(of)}, wanted a prediction that was frozen before`;
  if (prediction.measurement !== undefined) return `${short(of)} is measured already, wanted it once`;
  if (Date.parse(at) > Date.parse(prediction.at)) return undefined;
  return `${short(of)} was measured at ${at}, wanted after it was frozen at ${prediction.at}`;
}

function enter(line: Line, ledger: Map<string, LedgerPrediction>): void {
  if (line.type === 'prediction') ledger.set(line.hash, { ...line.prediction, hash: line.hash });
  else {
    const prediction = ledger.get(line.measurement.of);
    if (prediction) ledger.set(prediction.hash, { ...prediction, measurement: line.measurement });
  }
}

function short(hash: string): string {
  return hash.slice(0, DIGITS);
}
