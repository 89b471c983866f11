/** `scbench report`: the pages of a finished run, made anew from its record. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Command } from 'commander';
import {
  formatGate,
  formatPeers,
  formatPlanSummary,
  formatRecomputed,
  mayColour,
  parsePlan,
  readLedger,
  writeGateReports,
  writeIndex,
  writePeersReports,
  writePlanReports,
  writeReports,
} from '../../../reports/index.ts';
import { ClusterError } from '../../../server/errors/index.ts';
import { parsePeers, RECORD_NAME } from '../../results/index.ts';
import { printSummary } from '../values/index.ts';
import { findGateRecord } from './gate-record.ts';
import { type OpenedRun, openRun } from './open-run.ts';

const PLAN_NAME = 'plan.json';
const PEERS_NAME = 'peers.json';

interface ReportFlags {
  ledger?: string;
}

/** Adds the command. */
export function addReport(program: Command): void {
  program
    .command('report')
    .description(
      'make the pages of a run, gate, plan or peers anew from its record, or a page of all runs in a folder',
    )
    .argument(
      '<run>',
      'the folder of a run, gate, plan or peers, its record, report.html, or a folder of such folders',
    )
    .option('--ledger <file>', 'of a gate: what is known of the gate itself')
    .allowExcessArguments(false)
    .action(report);
}

async function report(path: string, { ledger }: ReportFlags): Promise<void> {
  const gate = findGateRecord(path);
  if (gate !== undefined) {
    await reportGate(gate, ledger);
    return;
  }
  const plan = fileIn(path, PLAN_NAME);
  if (plan !== undefined) {
    await reportPlan(plan);
    return;
  }
  const peers = fileIn(path, PEERS_NAME);
  if (peers !== undefined) {
    await reportPeers(peers);
    return;
  }
  if (holdsRuns(path)) {
    process.stdout.write(`${await writeIndex(path)}\n`);
    return;
  }
  const opened = await openRun(path);
  refuseReportsOfOthers(opened);
  const { run, source } = opened;
  const files = new Set([source, ...(await writeReports(run, dirname(source)))]);
  printSummary(run.summary, [...files]);
}

async function reportGate(path: string, ledger: string | undefined): Promise<void> {
  const known = ledger === undefined ? {} : { ledger: readLedger(ledger) };
  const { report: told, files, recomputed } = await writeGateReports(path, known);
  const colour = mayColour(process.stdout, process.env);
  process.stdout.write(`\n${formatGate(told, { colour, files: [path, ...files] })}`);
  process.stdout.write(`\n${formatRecomputed(recomputed)}`);
}

async function reportPlan(path: string): Promise<void> {
  const document = parsePlan(readFileSync(path, 'utf8'), { name: path });
  const files = await writePlanReports(dirname(path), document);
  const colour = mayColour(process.stdout, process.env);
  process.stdout.write(`\n${formatPlanSummary(document, { colour, files })}`);
}

async function reportPeers(path: string): Promise<void> {
  const comparison = parsePeers(readFileSync(path, 'utf8'), { name: path });
  const files = await writePeersReports(dirname(path), comparison);
  process.stdout.write(`${formatPeers(comparison)}\n${files.map((file) => `  ${file}\n`).join('')}`);
}

/** The file of that name that a person means by a path; undefined when it means something else. */
function fileIn(path: string, name: string): string | undefined {
  const file = basename(path) === name ? path : join(path, name);
  return existsSync(file) ? file : undefined;
}

/** A folder without a record of its own is taken for one of many runs. */
function holdsRuns(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory() && !existsSync(join(path, RECORD_NAME));
}

/** A page that was sent by itself may have been put beside the reports of another run. */
function refuseReportsOfOthers({ run, source }: OpenedRun): void {
  const folder = dirname(source);
  const startedAt = startIn(join(folder, 'summary.json'));
  if (startedAt === undefined || startedAt === run.summary.startedAt) return;
  throw new ClusterError(
    `Cannot write the reports of "${source}" beside it: there is the summary.json of another run, wanted is a folder of its own`,
    { code: 'OPTION_INVALID' },
  );
}

/** When the run of a summary began; undefined when there is none that can be read. */
function startIn(path: string): unknown {
  try {
    const summary: { startedAt?: unknown } = JSON.parse(readFileSync(path, 'utf8'));
    return summary.startedAt;
  } catch {
    return undefined;
  }
}
