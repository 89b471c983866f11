/** `scbench baseline` as people run it, with real runs of a moment. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { entry } from '../../server/process/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'baseline-test-'));
const file = join(folder, 'baselines', 'small.jsonl');
const scenario = join(folder, 'small.json');
const application = join(folder, 'application.mjs');
const RUN_MS = 120_000;
/** So long that no lateness of a generator on a busy machine is a part of it that counts. */
const ANSWER_MS = 300;

afterAll(() => rmSync(folder, { recursive: true }));

writeFileSync(
  application,
  `export function run(worker) {
    worker.getSCServer().on('connection', (socket) => {
      socket.on('ping', () => setTimeout(() => socket.emit('pong', {}), ${ANSWER_MS}));
    });
  }`,
);
writeFileSync(
  scenario,
  JSON.stringify({
    name: 'small',
    question: 'What does a message cost?',
    users: 100,
    ramp: 100,
    settle: 1,
    duration: 1,
    behaviour: { kind: 'ping-pong', payload: { message: 'ping' }, every: 0.5 },
    target: { workers: 1, brokers: 1, controller: application },
    rules: ['users.failed == 0', 'messages.lost == 0'],
  }),
);

function scbench(...words: string[]): { code: number | null; stdout: string; stderr: string } {
  const options = ['--scenario', scenario, '--runs', '1', '--duration', '3s'];
  const all = [entry('loadgen/cli.js'), 'baseline', ...words, ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: folder },
  });
  return { code: status, stdout, stderr };
}

test(
  'scbench baseline records, and then finds this build worse than one that took a fifth',
  () => {
    const recorded = scbench('record', file);
    expect(recorded, recorded.stderr).toMatchObject({
      code: 0,
      stdout: `Measurements appended to ${file}: 1\n`,
    });
    const line = readFileSync(file, 'utf8');
    const point = JSON.parse(line);
    expect(point).toMatchObject({
      version: 1,
      scenario: 'small',
      load: { users: 100, messagesPerSecond: 200, workers: 1 },
    });
    expect(point.host.node).toBe(process.version);

    const cheaper = JSON.stringify({ ...point, cpuMicrosPerMessage: point.cpuMicrosPerMessage / 5 });
    writeFileSync(file, `${cheaper}\n`.repeat(12));
    const checked = scbench('check', file, '--strict', '--json');
    expect(checked.code, checked.stderr).toBe(111);
    expect(JSON.parse(checked.stdout).answer).toMatchObject({ verdict: 'regressed', points: 12 });
    expect(checked.stderr).toMatch(/\nWarning: this build is worse than its baseline/);
  },
  RUN_MS,
);
