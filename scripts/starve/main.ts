/**
 * Starves the load process in steps and prints what it told of itself beside how wrong its figures were: the
 * data behind the lines of loadgen/results/verdict. Needs root, Linux, two cores and a quiet machine.
 *
 *   npm run build && sudo node dist/scripts/starve/main.js [--seconds 8] [--rounds 2] [--only quota] [--json file]
 *   npm run build && sudo node dist/scripts/starve/main.js --clean 50
 *
 * The target is a server with exponential delays on core 0; load process and coordinator have core 1. A load process
 * that runs in real time is not touched by quotas and ordinary spinners, so most steps take that right away from it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type PathologicalServer, startPathologicalServer } from '../../loadgen/selftest/server/index.ts';
import { formatHead, formatOutcome, formatRow, type Row, type Told, toRow } from './table.ts';

/** What is done to the load process once the run has begun. */
interface Step {
  name: string;
  /** Percent of one core that its control group grants. */
  quota?: number;
  /** Each process that spins on its core: its niceness, or real time. */
  spinners?: (number | 'real-time')[];
  /** Whether the load process may run in real time. Default: no. */
  realTime?: boolean;
}

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

const reference: Step = { name: 'undisturbed' };
const inRealTime: Step = { name: 'real time', realTime: true };
/** For its beginning, as the run itself has it. */
const SECOND_MS = 1_000;
const steps: Step[] = [
  reference,
  ...[50, 20, 10, 7, 5, 4, 3, 2, 1].map((quota) => ({ name: `quota ${quota} %`, quota })),
  ...[19, 15, 10, 5, 0].map((nice) => ({ name: `spinner, nice ${nice}`, spinners: [nice] })),
  { name: 'two spinners', spinners: [0, 0] },
  { name: 'four spinners', spinners: [0, 0, 0, 0] },
  inRealTime,
  { name: 'real time, four spinners', spinners: [0, 0, 0, 0], realTime: true },
  { name: 'real time, spinner in real time', spinners: ['real-time'], realTime: true },
];
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
  const wanted = steps.filter(({ name }) => name.includes(values.only ?? ''));
  const rows: Row[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const step of wanted) rows.push(print(await starveOnce(step, scenario)));
  }
  return rows;
}

async function starveOnce(step: Step, scenario: string): Promise<Row> {
  const server = await startPathologicalServer({ pathology: { kind: 'exponential', meanMs: 10 }, seed: 1 });
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
  const spinners = disturb(step, loadProcessesOf(pid));
  await ended;
  for (const spinner of spinners) spinner.kill('SIGKILL');
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

function disturb({ quota, spinners = [] }: Step, pids: number[]): ChildProcess[] {
  if (quota !== undefined) {
    grant(Math.round((quota / 100) * PERIOD_US));
    for (const pid of pids) writeFileSync(join(group, 'cgroup.procs'), String(pid));
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
