/**
 * Starves the load process in steps and prints what it told of itself beside how wrong its figures were, and whether it
 * said so: the data behind the lines of loadgen/results/verdict. Needs root, Linux, two cores and a quiet machine.
 *
 *   npm run build && sudo node dist/scripts/starve/main.js [--seconds 8] [--rounds 2] [--only quota] [--json file]
 *   npm run build && sudo node dist/scripts/starve/main.js --clean 50
 *
 * The target is a server on core 0: one with exponential delays, or a fast one that answers at once. Load process and
 * coordinator have core 1. A load process that runs in real time is not touched by quotas and ordinary spinners, so most
 * steps take that right away from it. `--only fast`, `--only pulses` take what has the word in its name.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  type PathologicalServer,
  type Pathology,
  startPathologicalServer,
} from '../../loadgen/selftest/server/index.ts';
import { inRealTime, PULSES, type Step, steps } from './steps.ts';
import { formatHead, formatOutcome, formatRow, type Row, type Told, toRow } from './table.ts';

/** The part of a record's first line that is read. */
interface Header {
  startedAt: string;
  phases: { start: number; end: number; measured?: boolean }[];
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '2' },
    clean: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});

const bench = join(import.meta.dirname, '..', '..', 'loadgen', 'cli.js');
const isOneHierarchy = existsSync('/sys/fs/cgroup/cgroup.controllers');
const group = join('/sys/fs/cgroup', isOneHierarchy ? '' : 'cpu', `scbench-starve-${process.pid}`);
const results = join(tmpdir(), `scbench-starve-${process.pid}`);
const LOOK_EVERY_MS = 20;
const PERIOD_US = 100_000;

/** For its beginning, as the run itself has it. */
const SECOND_MS = 1_000;
const servers: Record<string, Pathology> = {
  slow: { kind: 'exponential', meanMs: 10 },
  fast: { kind: 'fixed', delayMs: 0 },
};
/** Begins a program as on a host that grants no real time and no priority. */
const WITHOUT_PRECEDENCE = ['setpriv', '--bounding-set=-sys_nice', '--inh-caps=-sys_nice'];

await main();

async function main(): Promise<void> {
  mkdirSync(results, { recursive: true });
  mkdirSync(group, { recursive: true });
  process.stdout.write(formatHead());
  try {
    const rows = values.clean === undefined ? await starve() : await runClean(Number(values.clean));
    process.stdout.write(formatOutcome(rows));
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
  } finally {
    rmSync(results, { recursive: true });
    rmdirSync(group);
  }
}

async function starve(): Promise<Row[]> {
  const scenario = join(results, 'scenario.json');
  writeFileSync(scenario, JSON.stringify(scenarioOf(Number(values.seconds))));
  const all = Object.entries(servers).flatMap(([name, pathology]) =>
    steps.map((step) => ({ step: { ...step, name: `${name}: ${step.name}` }, pathology })),
  );
  const wanted = all.filter(({ step }) => step.name.includes(values.only ?? ''));
  const rows: Row[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const { step, pathology } of wanted) rows.push(print(await starveOnce(step, pathology, scenario)));
  }
  return rows;
}

async function starveOnce(step: Step, pathology: Pathology, scenario: string): Promise<Row> {
  const server = await startPathologicalServer({ pathology, seed: 1 });
  try {
    for (const pid of childrenOf(process.pid))
      execFileSync('taskset', ['-apc', '0', String(pid)], { stdio: 'ignore' });
    const args = ['--scenario', scenario, '--target', `ws://127.0.0.1:${server.port}/`];
    return await runOnce(step, args, { server });
  } finally {
    await server.stop();
  }
}

/** Runs that nobody disturbs on purpose, against a server of our own. */
async function runClean(times: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (let n = 0; n < times; n++) {
    const size = ['--users', '500', '--ramp', '500', '--duration', `${values.seconds}s`];
    rows.push(print(await runOnce(inRealTime, ['--scenario', 'ping-pong', ...size], { cores: '0,1' })));
  }
  return rows;
}

function scenarioOf(duration: number): object {
  return {
    name: 'starve',
    question: 'How wrong are the figures of a starved generator?',
    users: 200,
    ramp: 400,
    settle: 1,
    duration,
    behaviour: { kind: 'calls', payload: null, every: 0.2 },
    target: { workers: 1, brokers: 1, controller: './none.js' },
    rules: [],
  };
}

async function runOnce(
  step: Step,
  args: string[],
  { server, cores = '1' }: { server?: PathologicalServer; cores?: string },
): Promise<Row> {
  const folder = join(results, `${Date.now()}`);
  const run = [process.execPath, bench, 'run', ...args, '--out', folder, '--quiet', '--json'];
  const before = step.realTime === true ? [] : WITHOUT_PRECEDENCE;
  const child = spawn('taskset', ['-c', cores, ...before, ...run], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const pid = child.pid ?? 0;
  begin(server, await headerOf(join(folder, 'run.jsonl'), child));
  const disturbers = disturb(step, loadProcessesOf(pid));
  await ended;
  for (const disturber of disturbers) disturber.kill('SIGKILL');
  const told = JSON.parse(text) as Told;
  const [given = told.latencyMs.response?.p99 ?? Number.NaN] = (await server?.given([0.99])) ?? [];
  return toRow(step.name, told, given);
}

/** The first line of a record, as soon as there is one. */
async function headerOf(record: string, child: ChildProcess): Promise<Header> {
  for (;;) {
    const [line, ...rest] = existsSync(record) ? readFileSync(record, 'utf8').split('\n') : [];
    if (rest.length > 0) return JSON.parse(line ?? '') as Header;
    if (child.exitCode !== null) throw new Error('Cannot starve a run: it ended before it began');
    await sleep(LOOK_EVERY_MS);
  }
}

function begin(server: PathologicalServer | undefined, { startedAt, phases }: Header): void {
  const { start = 0, end = 0 } = phases.find(({ measured }) => measured) ?? {};
  const startAt = Date.parse(startedAt);
  server?.begin({ from: startAt + start * SECOND_MS, until: startAt + end * SECOND_MS });
}

function disturb({ quota, spinners = [], pulseMs }: Step, pids: number[]): ChildProcess[] {
  if (quota !== undefined) {
    grant(Math.round((quota / 100) * PERIOD_US));
    for (const pid of pids) writeFileSync(join(group, 'cgroup.procs'), String(pid));
  }
  if (pulseMs !== undefined) {
    // Beside the server, and before it: a pulse is as long as it says.
    const before = ['-c', '0', 'chrt', '--rr', '2', process.execPath, '-e', PULSES];
    return pids.map((pid) =>
      spawn('taskset', [...before, String(pid), String(pulseMs)], { stdio: 'ignore' }),
    );
  }
  return spinners.map((precedence) => {
    const wanted = precedence === 'real-time' ? ['chrt', '--rr', '1'] : ['nice', '-n', String(precedence)];
    return spawn('taskset', ['-c', '1', ...wanted, process.execPath, '-e', 'for(;;);']);
  });
}

/** Microseconds of a period. */
function grant(quota: number): void {
  if (isOneHierarchy) {
    writeFileSync(join(group, 'cpu.max'), `${quota} ${PERIOD_US}`);
  } else {
    writeFileSync(join(group, 'cpu.cfs_period_us'), String(PERIOD_US));
    writeFileSync(join(group, 'cpu.cfs_quota_us'), String(quota));
  }
}

function loadProcessesOf(pid: number): number[] {
  return childrenOf(pid).filter((child) =>
    readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('agent/main.js'),
  );
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

/** Prints a row and passes it on. */
function print(row: Row): Row {
  process.stdout.write(formatRow(row));
  return row;
}
