/** Searches on all processors at once. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Part, Wish } from './jobs.ts';
import type { Outcome } from './run-job.ts';

/** What a process tells of its searches: far less than this. */
const MOST_BYTES = 64_000_000;

const outcomesSchema = z.array(
  z.object({
    row: z.string(),
    trials: z.number(),
    width: z.number().nullable(),
    isKept: z.boolean().nullable(),
  }),
);

/** Makes all searches, in as many processes as told; their number changes nothing in the outcomes but their order. */
export async function runParts(
  wish: Wish,
  parts: number,
  run: (part: Part) => Promise<Outcome[]> = runInProcess,
): Promise<Outcome[]> {
  const all = Array.from({ length: parts }, (_, part) => run({ ...wish, part, parts }));
  return (await Promise.all(all)).flat();
}

async function runInProcess(part: Part): Promise<Outcome[]> {
  const main = join(import.meta.dirname, 'main.js');
  const options = { maxBuffer: MOST_BYTES };
  const { stdout } = await promisify(execFile)(process.execPath, [main, JSON.stringify(part)], options);
  return outcomesSchema.parse(JSON.parse(stdout));
}
