/** Every number of a gate once more, from the blocks it wrote down. */
import { type GateRecord, readGateRecord } from '../record/index.ts';
import { type Result, resultOf } from '../result/index.ts';

/** Logarithms of another version of Node may differ in the last digits, and no further. */
const TOLERANCE = 1e-9;

/** A record with the answer derived from its blocks. */
export interface Recomputed {
  readonly record: GateRecord;
  readonly result: Result;
  /** Sentences about each number that was written down differently; none when the record holds. */
  readonly differences: readonly string[];
}

/**
 * Reads a gate record and derives its answer again.
 * @throws ClusterError `RECORD_INVALID` when the file cannot be read as one.
 */
export function recompute(path: string): Recomputed {
  const record = readGateRecord(path);
  const result = resultOf(record.header, record.blocks);
  const differences =
    record.result === undefined ? [] : compare(record.result, JSON.parse(JSON.stringify(result)), 'result');
  return { record, result, differences };
}

function compare(written: unknown, derived: unknown, name: string): string[] {
  if (typeof written === 'number' && typeof derived === 'number' && isClose(written, derived)) return [];
  if (isObject(written) && isObject(derived)) {
    const names = [...new Set([...Object.keys(written), ...Object.keys(derived)])];
    return names.flatMap((key) => compare(written[key], derived[key], `${name}.${key}`));
  }
  if (written === derived) return [];
  return [`${name} is written down as ${JSON.stringify(written)}: the blocks say ${JSON.stringify(derived)}`];
}

function isClose(one: number, other: number): boolean {
  return Math.abs(one - other) <= TOLERANCE * Math.max(1, Math.abs(one));
}

/** Arrays too: their places are names. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
