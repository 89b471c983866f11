/** One row for each job of a series: what it said, how long it took, and what it could have found. */
import { z } from 'zod';
import type { LedgerEntry } from '../../reports/gate/index.ts';

const findingSchema = z.object({
  metric: z.string(),
  verdict: z.string(),
  /** 0.05 is 5 % worse. */
  effect: z.number(),
  blocks: z.number(),
  /** Absent where only the ledger is left of the job. */
  detectable: z.number().optional(),
});

export const madeSchema = z.object({
  name: z.string(),
  seed: z.string(),
  status: z.string(),
  /** Exit code of the gate, and minutes from its start to its end; absent where only the ledger is left. */
  code: z.number().optional(),
  minutes: z.number().optional(),
  findings: z.array(findingSchema),
  /** What it said last where it came to no answer. */
  lastWords: z.string().optional(),
});

/** A job that was made. */
export type Made = z.infer<typeof madeSchema>;

const METRICS = ['cpu', 'instructions', 'allocation', 'p50', 'tail'];
const RED = 'regression';
const PER_CENT = 100;
const ABSENT = '–';

/** Gives what the ledger knows of a job. */
export function fromLedger(name: string, { seed, findings }: LedgerEntry): Made {
  const isRed = findings.some(({ verdict }) => verdict === RED);
  return {
    ...{ name, seed },
    status: isRed ? RED : 'not red',
    findings: findings.map(({ metric, verdict, effect, blocks }) => ({ metric, verdict, effect, blocks })),
  };
}

/** Formats a series as Markdown: a table, and how its jobs of equal builds and its slowdowns ended. */
export function formatSeries(jobs: readonly Made[]): string {
  const metrics = METRICS.filter((metric) => jobs.some((job) => findingOf(job, metric) !== undefined));
  const head = ['job', 'verdict', 'exit', 'minutes', 'blocks', ...metrics];
  const rows = jobs.map((job) => [
    job.name,
    job.status,
    job.code === undefined ? ABSENT : String(job.code),
    job.minutes?.toFixed(1) ?? ABSENT,
    String(Math.max(0, ...job.findings.map(({ blocks }) => blocks))),
    ...metrics.map((metric) => cellOf(findingOf(job, metric))),
  ]);
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const legend =
    'In the cells: effect, verdict, and in brackets the smallest effect that four jobs of five find.';
  return [...lines, '', legend, '', ...outcomeOf(jobs), ''].join('\n');
}

function outcomeOf(jobs: readonly Made[]): string[] {
  const count = (kind: string): string => {
    const all = jobs.filter(({ name }) => name.startsWith(kind));
    return `${all.filter(({ status }) => status === RED).length} of ${all.length}`;
  };
  const longest = Math.max(
    0,
    ...jobs.filter(({ name }) => !name.startsWith('verify')).map(({ minutes = 0 }) => minutes),
  );
  const silent = jobs.flatMap(({ name, lastWords }) =>
    lastWords === undefined ? [] : `- ${name}: ${lastWords}`,
  );
  return [
    `Red: ${count('equal')} jobs of equal builds, ${count('parse')} with a slowdown. The longest took ${longest.toFixed(1)} minutes.`,
    ...(silent.length > 0 ? ['', ...silent] : []),
  ];
}

function findingOf({ findings }: Made, metric: string): Made['findings'][number] | undefined {
  return findings.find((finding) => finding.metric === metric);
}

function cellOf(finding: Made['findings'][number] | undefined): string {
  if (finding === undefined) return ABSENT;
  const { effect, verdict, detectable } = finding;
  const sign = effect < 0 ? '−' : '+';
  const size = detectable === undefined ? '' : ` (${percent(detectable)})`;
  return `${sign}${percent(effect)} ${verdict}${size}`;
}

function percent(share: number): string {
  return `${Math.abs(share * PER_CENT).toFixed(1)} %`;
}
