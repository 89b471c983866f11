/**
 * The ledger: one line for every job that can be told right from wrong because the truth is known, and for every step
 * of the project's history. It is appended to and never rewritten; every verdict prints what it says of the same
 * scenario on the same kind of host.
 */
import { dirname } from 'node:path';
import { z } from 'zod';
import { appendLine, cannotWrite, makePath } from '../../../loadgen/results/index.ts';
import { readLines } from '../lines/index.ts';
import { metricNames } from '../metrics/index.ts';
import { plainRunner } from './runner.ts';

/** Version of the lines this program writes. */
export const LEDGER_VERSION = 1;

const findingSchema = z.object({
  metric: z.enum(metricNames),
  verdict: z.enum(['regression', 'improvement', 'immaterial', 'unchanged', 'inconclusive']),
  /** 0.05 is 5 % worse. */
  effect: z.number(),
  /** Of single blocks, on the scale of the test. */
  spread: z.number().nonnegative(),
  blocks: z.int().positive(),
  /** Chance of a false alarm that the metric had in this job. */
  level: z.number().positive(),
});

const entrySchema = z.object({
  version: z.int().positive().max(LEDGER_VERSION),
  at: z.iso.datetime(),
  scenario: z.string(),
  /** Hosts that may be held against each other, as `runnerOf` names them. */
  runner: z.string().transform(plainRunner),
  seed: z.string(),
  /** Absent where nothing was put in. */
  injected: z.object({ name: z.string(), effect: z.number() }).optional(),
  /** Present where two different builds were compared: nobody knows the truth of such a job, but trends follow it. */
  commits: z.object({ base: z.string(), candidate: z.string() }).optional(),
  findings: z.array(findingSchema),
});

/** One job: of two equal builds, with a slowdown that was put in, or of a build and the one before. */
export type LedgerEntry = z.infer<typeof entrySchema>;

/**
 * Appends one job, whole or not at all; with the first the file is made, and the folder it lies in.
 * @throws ClusterError `OPTION_INVALID` when the file cannot be written, `RESULTS_UNWRITTEN` when the disk is full.
 */
export function appendEntry(path: string, entry: LedgerEntry): void {
  try {
    makePath(dirname(path));
    appendLine(path, entry);
  } catch (error) {
    throw cannotWrite(`ledger "${path}"`, error, {
      wanted: 'a file that can be appended to',
      besides: 'the jobs before are kept',
    });
  }
}

/**
 * Reads all jobs in the order they were appended.
 * @throws ClusterError `RECORD_INVALID` naming the line, when a line is no job or of a newer version, or when there is no file.
 */
export function readLedger(path: string): LedgerEntry[] {
  return readLines(path, {
    name: 'ledger',
    file: 'a file that exists',
    line: `a job of version ${LEDGER_VERSION} or older`,
    schema: entrySchema,
  });
}
