/** Scores of types that ran the calibration workload, from a file of one JSON line each. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ClusterError } from '../../../server/errors/index.ts';
import type { ScoredInstance } from '../fleet/index.ts';
import { type Instance, instanceNamed, type Snapshot } from '../instances/index.ts';

const score = z.number().positive();
const lineSchema = z.object({ type: z.string(), single: score, busy: score });

/**
 * Reads them.
 * @throws ClusterError `OPTION_INVALID` when there is no such file, naming the first line that is none, and for a type
 * that nobody knows.
 */
export function readScores(path: string, snapshot: Snapshot): ScoredInstance[] {
  return textOf(path)
    .split('\n')
    .flatMap((line, index) =>
      line.trim() === '' ? [] : [readLine(line, { path, number: index + 1, snapshot })],
    );
}

function readLine(
  line: string,
  { number, path, snapshot }: { path: string; number: number; snapshot: Snapshot },
): ScoredInstance {
  const parsed = lineSchema.safeParse(jsonOf(line));
  if (!parsed.success) {
    throw invalid(path, `line ${number} is no score, wanted what "scbench calibrate" prints`, parsed.error);
  }
  const { type, ...found } = parsed.data;
  return { instance: instanceOf(type, { path, number, snapshot }), score: found };
}

function instanceOf(
  type: string,
  { number, path, snapshot }: { path: string; number: number; snapshot: Snapshot },
): Instance {
  try {
    return instanceNamed(snapshot, type);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    throw invalid(path, `line ${number}: ${error.message}`, error);
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw invalid(path, 'wanted a file that can be read', cause);
  }
}

function invalid(path: string, why: string, cause?: unknown): ClusterError {
  return new ClusterError(`Cannot read scores "${path}": ${why}`, { code: 'OPTION_INVALID', cause });
}
