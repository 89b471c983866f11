/**
 * Runs gates of which the truth is known, one after the other: equal builds, planted slowdowns, and how large these are.
 * Each goes to the ledger; a job that stands in it is not made again, so a series that was ended goes on where it was.
 * Takes hours, and wants a machine to itself.
 *
 *   npm run build && node dist/scripts/gate-series/main.js [--base HEAD] [--scenario ping-pong] [--equal 10]
 *     [--injected 3,5,10,20] [--verified 20] [--out reports/runs/gate-series] [--ledger OUT/ledger.jsonl]
 *
 * Leaves a folder for each job, `series.jsonl` and `series.md`.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { makeNewFolder } from '../../loadgen/doctor/index.ts';
import { type LedgerEntry, readLedger, readLines } from '../../reports/gate/index.ts';
import { type Job, planSeries } from './jobs.ts';
import { formatSeries, fromLedger, type Made, madeSchema } from './table.ts';

/** The part of gate.json that is read. */
interface Answer {
  status: string;
  rows: { metric: string; verdict?: string; effect: number; blocks: number; detectable: number }[];
}

const { values: options } = parseArgs({
  options: {
    base: { type: 'string', default: 'HEAD' },
    scenario: { type: 'string', default: 'ping-pong' },
    equal: { type: 'string', default: '10' },
    injected: { type: 'string', default: '3,5,10,20' },
    verified: { type: 'string', default: '20' },
    out: { type: 'string', default: join('reports', 'runs', 'gate-series') },
    ledger: { type: 'string' },
  },
});

const { base, scenario, out, ledger = join(out, 'ledger.jsonl') } = options;
const bench = join(import.meta.dirname, '..', '..', 'loadgen', 'cli.js');
const lines = join(out, 'series.jsonl');
const page = join(out, 'series.md');
const MS_PER_MINUTE = 60_000;
/** A gate that is so late will not end by itself. */
const LATE_MINUTES = 5;

let running: ChildProcess | undefined;
let isEnded = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    isEnded = true;
    running?.kill('SIGINT');
  });

const commit = execFileSync('git', ['rev-parse', `${base}^{commit}`], { encoding: 'utf8' }).trim();
const jobs = planSeries({
  ...{ commit, scenario, equal: Number(options.equal) },
  ...{ injected: sizes(options.injected), verified: sizes(options.verified) },
});
mkdirSync(out, { recursive: true });
for (const [index, job] of jobs.entries()) {
  if (isEnded) break;
  if (inLedger(job) !== undefined) continue;
  process.stderr.write(`${job.name}, ${index + 1} of ${jobs.length}\n`);
  const made = await make(job);
  appendFileSync(lines, `${JSON.stringify(made)}\n`);
  writeFileSync(page, tell());
}
process.stdout.write(tell());

function sizes(list: string): number[] {
  return list.split(',').filter(Boolean).map(Number);
}

function inLedger({ seed }: Job): LedgerEntry | undefined {
  return existsSync(ledger) ? readLedger(ledger).find((entry) => entry.seed === seed) : undefined;
}

async function make({ name, seed, words, minutes }: Job): Promise<Made> {
  const folder = makeNewFolder(join(out, name)); // A job that failed before keeps what it left.
  const log = join(folder, 'gate.log');
  const builds = ['--base', commit, '--candidate', commit, '--scenario', scenario];
  const files = ['--ledger', ledger, '--out', folder, '--json'];
  const startedAt = performance.now();
  // Of a group of its own: an interrupt from a terminal reaches it through this process alone, and so only once.
  running = spawn(process.execPath, [bench, 'gate', ...builds, ...words, '--seed', seed, ...files], {
    stdio: ['ignore', 'pipe', openSync(log, 'w')],
    detached: true,
  });
  const late = setInterval(() => running?.kill('SIGINT'), (minutes + LATE_MINUTES) * MS_PER_MINUTE);
  const ended = new Promise<number>((resolve) => running?.on('close', (code) => resolve(code ?? -1)));
  const said = running.stdout === null ? '' : await text(running.stdout);
  const code = await ended;
  clearInterval(late);
  const took = (performance.now() - startedAt) / MS_PER_MINUTE;
  return { name, seed, code, minutes: took, ...answerIn(said, log) };
}

/** Without an answer, what it said last. */
function answerIn(said: string, log: string): Pick<Made, 'status' | 'findings' | 'lastWords'> {
  try {
    const { status, rows } = JSON.parse(said) as Answer;
    const findings = rows.flatMap(({ metric, verdict, effect, blocks, detectable }) => {
      return verdict === undefined ? [] : { metric, verdict, effect, blocks, detectable };
    });
    return { status, findings };
  } catch {
    const lastWords = readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? '';
    return { status: 'failed', findings: [], lastWords };
  }
}

/** All jobs that were made so far, each as it was made last. */
function tell(): string {
  const kind = { name: 'series', file: 'a file that exists', line: 'a job of a series', schema: madeSchema };
  const made = existsSync(lines) ? readLines(lines, kind) : [];
  return formatSeries(
    jobs.flatMap((job) => {
      const entry = inLedger(job);
      const last = made.findLast(({ seed }) => seed === job.seed);
      return last ?? (entry === undefined ? [] : fromLedger(job.name, entry));
    }),
  );
}
