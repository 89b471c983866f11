/** What a gate left behind, as far as a build server wants to know it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What a gate said. */
export interface Answer {
  readonly exitCode: number;
  /** For people, in Markdown. */
  readonly text: string;
  /** Metrics that got worse and shall be measured again; none where a message or a server was lost: that is beyond doubt. */
  readonly regressed: readonly string[];
}

/** The few words needed of a record's last line; the gate's own commands read all of it. */
const finalSchema = z.object({
  type: z.literal('final'),
  result: z.object({
    rows: z.array(z.object({ metric: z.string(), verdict: z.string().optional() })),
    faults: z.object({ candidate: z.record(z.string(), z.number()) }),
    breakdown: z.unknown().optional(),
  }),
});

/** Reads what a gate left in its folder; one that failed before it measured left nothing. */
export function readAnswer(folder: string, exitCode: number): Answer {
  const page = join(folder, 'gate.md');
  const text = existsSync(page)
    ? readFileSync(page, 'utf8').trim()
    : `**The gate did not measure.** It ended with exit code ${exitCode}; its log says why.`;
  return { exitCode, text, regressed: readRegressed(join(folder, 'gate.jsonl')) };
}

/** Reads the lines that GitHub shows beside the checks; empty where the gate left none. */
export function readAnnotations(folder: string): string {
  const path = join(folder, 'annotations.txt');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function readRegressed(record: string): string[] {
  if (!existsSync(record)) return [];
  const last = readFileSync(record, 'utf8').trimEnd().split('\n').at(-1) ?? '';
  const final = finalSchema.safeParse(parse(last));
  // A gate that was interrupted has no final line.
  if (!final.success) return [];
  const { rows, faults, breakdown } = final.data.result;
  if (breakdown !== undefined) return [];
  if (Object.values(faults.candidate).some((count) => count > 0)) return [];
  return rows.filter(({ verdict }) => verdict === 'regression').map(({ metric }) => metric);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
