/** Runs whose results do not fit, or that want the same place. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { entry } from '../../../server/process/index.ts';
import { isAlive } from '../../host/testing.ts';
import type { Scenario } from '../../plan/index.ts';
import type { Probe, RecordLine, Summary, Window } from '../../results/index.ts';
import { readRun } from '../../results/index.ts';
import { runScenario } from '../run.ts';

const folder = mkdtempSync(join(tmpdir(), 'results-'));
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const scenario: Scenario = {
  name: 'kept',
  question: 'What is left of it?',
  users: 40,
  ramp: 40,
  settle: 0,
  duration: 2,
  answerWithin: 1,
  behaviour: { kind: 'ping-pong', payload: 1, every: 0.5 },
  target: { workers: 2, brokers: 1, controller: entry('scenarios/controllers/ping-pong.js') },
  rules: ['users.failed == 0'],
};
const silent = { begin() {}, second() {}, trouble() {} };

function scenarioFile(name: string, changes: object): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ ...scenario, ...changes }));
  return path;
}

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command in a shell of its own. */
async function shell(command: string): Promise<Ended> {
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, 'close')) as [number | null];
  const [stdout, stderr] = await said;
  return { code, stdout, stderr };
}

const scbench = `"${process.execPath}" "${entry('loadgen/cli.js')}"`;

function linesOf(record: string): RecordLine[] {
  return readFileSync(record, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as RecordLine);
}

function pidsIn(lines: readonly RecordLine[]): number[] {
  const loads = lines.filter((line): line is Window => line.type === 'window').map(({ load }) => load.pid);
  const probes = lines.filter((line): line is Probe => line.type === 'probe');
  return [...new Set([...loads, ...probes.flatMap(({ processes }) => processes.map(({ pid }) => pid))])];
}

/** What a run says whose record does not fit; `out` is where it went. */
async function expectOrderlyEnd({ code, stdout, stderr }: Ended, out: string, why: string): Promise<void> {
  const record = join(out, 'run.jsonl');
  const sentence = `Cannot write run record "${record}": ${why}; what came before is kept`;
  expect({ code, stderr }).toEqual({ code: 112, stderr: `${sentence}\n` });
  const summary = JSON.parse(stdout) as Summary;
  expect(summary.verdict).toMatchObject({ status: 'invalid', validity: 'invalid' });
  expect(summary.verdict.reasons.some((reason) => reason.startsWith(sentence))).toBe(true);
  expect(summary.users.peak).toBe(scenario.users);
}

/** The record that was left is whole lines, and can be reported on. */
async function expectReadable(out: string): Promise<void> {
  const record = join(out, 'run.jsonl');
  expect(readFileSync(record, 'utf8')).toMatch(/\}\n$/);
  const lines = linesOf(record);
  expect(lines[0]).toMatchObject({ type: 'header' });
  expect(lines.at(-1)?.type).not.toBe('final');
  expect(pidsIn(lines).length).toBeGreaterThanOrEqual(5);
  expect(pidsIn(lines).filter(isAlive)).toEqual([]);
  const report = await shell(`${scbench} report "${out}"`);
  expect(report).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('was cut off') });
  expect(existsSync(join(out, 'report.html'))).toBe(true);
}

test('Results that may grow no further end their run in order, say why, and keep what came before', async () => {
  const file = scenarioFile('limited.json', { duration: 60 });
  const out = join(folder, 'limited');
  const run = `${scbench} run -s "${file}" --load-processes 2 --json --quiet --out "${out}"`;
  const ended = await shell(`ulimit -f 24; exec ${run}`);
  await expectOrderlyEnd(ended, out, 'no file may be that large');
  expect(readdirSync(out)).toEqual(expect.arrayContaining(['junit.xml', 'run.jsonl', 'summary.md']));
  expect(existsSync(join(out, 'report.html'))).toBe(false);
  await expectReadable(out);
}, 120_000);

/** Containers may deny it to root as well. */
const mayMount = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', folder]).status === 0;

test.runIf(mayMount)(
  'Results on a full disk end their run in order, say why, and keep what came before',
  async () => {
    const file = scenarioFile('full.json', { duration: 60 });
    const [out, copy] = [join(folder, 'full'), join(folder, 'copy')];
    const run = `${scbench} run -s "${file}" --load-processes 2 --json --quiet --out "${out}"`;
    const mount = `mkdir "${out}" && mount -t tmpfs -o size=16k none "${out}"`;
    const ended = await shell(
      `unshare -m sh -c '${mount} && { ${run}; code=$?; cp -r "${out}" "${copy}"; exit $code; }'`,
    );
    await expectOrderlyEnd(ended, out, 'no space left');
    await expectReadable(copy);
  },
  120_000,
);

test('Results without room for their page say so beside the summary, and it can be made later', async () => {
  const file = scenarioFile('page.json', {});
  const out = join(folder, 'page');
  const run = `${scbench} run -s "${file}" --quiet --out "${out}"`;
  const { code, stdout, stderr } = await shell(`ulimit -f 200; exec ${run}`);
  expect(stderr).toBe(
    `Cannot write report.html to "${out}": no file may be that large; "scbench report" makes the reports from the record\n`,
  );
  expect(code).toBe(112);
  expect(stdout).toMatch(/^\n(PASS|INVALID) {2}/);
  expect(stdout).not.toContain('report.html');
  const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary;
  expect((await readRun(join(out, 'run.jsonl'))).summary).toEqual(summary);
  expect(existsSync(join(out, 'report.html'))).toBe(false);
  expect(await shell(`${scbench} report "${out}"`)).toMatchObject({ code: 0, stderr: '' });
  expect(existsSync(join(out, 'report.html'))).toBe(true);
}, 120_000);

test('Results of runs of one second have a folder each, and older ones are left alone', async () => {
  const name = `twins-${process.pid}`;
  const twin = {
    scenario: { scenario: { ...scenario, name, users: 4, duration: 1 }, folder },
    overrides: {},
    target: 'ws://127.0.0.1:1/',
    command: 'test',
  };
  const { signal } = new AbortController();
  const runs = await Promise.all([runScenario(twin, silent, signal), runScenario(twin, silent, signal)]);
  const places = runs.map(({ files: [record = ''] }) => dirname(record));
  try {
    expect(new Set(places).size).toBe(2);
    for (const place of places) expect(basename(place)).toContain(name);
    for (const [n, place] of places.entries()) {
      expect((await readRun(join(place, 'run.jsonl'))).summary).toEqual(runs[n]?.run.summary);
    }
    const [out = ''] = places;
    const before = readFileSync(join(out, 'run.jsonl'), 'utf8');
    await expect(runScenario({ ...twin, out }, silent, signal)).rejects.toMatchObject({
      exitCode: 104,
      message: `Cannot write results to "${out}": it holds the run.jsonl of an older result, wanted is another folder, or no --out for a new one`,
    });
    expect(readFileSync(join(out, 'run.jsonl'), 'utf8')).toBe(before);
  } finally {
    for (const place of places) rmSync(place, { recursive: true });
  }
}, 60_000);
