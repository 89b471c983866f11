import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Bundle, seal } from '../bundle/index.ts';
import { bundleOf } from '../bundle/testing.ts';
import type { Report } from '../bus/index.ts';
import { FACT, startTarget, type TestTarget } from '../drivers/testing.ts';
import { gapOf, groupOf, pingPong, planOf } from '../plan/testing.ts';
import { Job } from './job.ts';
import { keepIn } from './keep.ts';

let target: TestTarget;
let folder: string;
let reports: Report[];
let job: Job;

beforeEach(async () => {
  target = await startTarget();
  folder = mkdtempSync(join(tmpdir(), 'job-test-'));
  vi.stubEnv('TMPDIR', folder);
  reports = [];
  const keep = keepIn(folder, 'ab', () => expect.fail('all can be kept'));
  job = new Job({ tell: (report) => reports.push(report), keep });
});

afterEach(async () => {
  await job.end();
  await target.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Twenty users, five messages a second each, for a second. */
function bundle(changes: Partial<Bundle> = {}, files: Record<string, string> = {}): Bundle {
  const full = { from: 1, to: 1 };
  const plan = planOf({
    users: 20,
    ramp: 100,
    behaviour: pingPong({ every: gapOf({ mean: 0.2 }) }),
    phases: [
      { name: 'steady', start: 0, end: 1, measured: true, pace: full },
      { name: 'drain', start: 1, end: 21, measured: false, pace: { from: 0, to: 0 } },
    ],
    answerWithin: 20,
  });
  const address = { host: '127.0.0.1', port: target.port, path: '/socketcluster/', secure: false };
  return bundleOf({ plan, target: address, ...changes }, files);
}

async function told<Type extends Report['type']>(type: Type): Promise<Extract<Report, { type: Type }>> {
  const find = () => reports.find((report) => report.type === type);
  await vi.waitFor(() => expect(find()).toBeDefined(), FACT);
  return find() as Extract<Report, { type: Type }>;
}

function messages(type: string): object[] {
  return reports.flatMap((report) =>
    report.type === 'told' && report.message.type === type ? [report.message] : [],
  );
}

function agree(given = bundle()): Bundle {
  job.take({ type: 'bundle', ...seal(given) });
  return given;
}

test('Job runs the shares of a bundle it agreed to, and keeps what they told', async () => {
  const { planHash } = agree();
  expect(await told('agreed')).toMatchObject({ planHash });
  job.take({ type: 'start', process: 1, processes: 2, sourceAddresses: ['127.0.1.1'] });
  expect((await told('started')).process).toBe(1);
  await vi.waitFor(() => expect(messages('ready')).toMatchObject([{ details: { users: 10 } }]), FACT);
  job.take({
    type: 'tell',
    process: 1,
    message: { type: 'go', at: 0, monotonicMs: Number(process.hrtime.bigint()) / 1e6 },
  });
  expect(await told('exited')).toMatchObject({ process: 1, exit: { code: 0 } });
  expect(messages('totals')).toMatchObject([{ totals: { connected: 10, lost: 0 } }]);
  expect(messages('begun')).toMatchObject([{ lateMs: expect.any(Number) }]);
  const kept = readFileSync(join(folder, 'ab-1.jsonl'), 'utf8').trimEnd().split('\n');
  expect(kept.map((line) => JSON.parse(line))).toEqual([...messages('window'), ...messages('totals')]);
});

test('Job starts nothing before it agreed, and nothing twice', async () => {
  job.take({ type: 'start', process: 0, processes: 1, sourceAddresses: [] });
  expect(await told('not-started')).toMatchObject({ why: 'it has not agreed to a bundle' });
  agree();
  await told('agreed');
  reports.length = 0;
  const start = { type: 'start', process: 0, processes: 1, sourceAddresses: [] };
  job.take(start);
  job.take(start); // The first one is not there yet.
  expect(await told('not-started')).toMatchObject({ why: 'it was started before' });
  await told('started');
  expect(reports.filter(({ type }) => type === 'started')).toHaveLength(1);
});

test('Job refuses a bundle that is not what it says, or whose target is out of reach', async () => {
  job.take({ type: 'bundle', ...seal(bundle()), hash: 'abc' });
  expect(await told('refused')).toMatchObject({
    isTarget: false,
    why: expect.stringContaining('its hash is'),
  });
  const given = bundle();
  await target.close();
  reports.length = 0;
  agree(given);
  const { port } = given.target;
  expect(await told('refused')).toEqual({
    type: 'refused',
    isTarget: true,
    why: `Cannot reach the target "127.0.0.1:${port}": ECONNREFUSED`,
  });
  target = await startTarget();
});

test('Job takes behaviours out of the bundle and leaves none of them behind', async () => {
  const behaviour = { kind: 'custom', file: './own.mjs', options: null } as const;
  const { plan } = bundle();
  const own = bundle(
    {
      plan: { ...plan, groups: [groupOf({ users: 20, behaviour })] },
      behaviours: { './own.mjs': 'own.mjs' },
    },
    { 'own.mjs': 'export async function behaviour(user) { await user.call("call", null); }' },
  );
  agree(own);
  await told('agreed');
  const [made = ''] = readdirSync(folder).filter((name) => name.startsWith('scbench-agent-'));
  expect(existsSync(join(folder, made, 'own.mjs'))).toBe(true);
  job.take({ type: 'start', process: 0, processes: 1, sourceAddresses: [] });
  await vi.waitFor(() => expect(messages('ready')).toHaveLength(1), FACT);
  await job.end();
  expect(existsSync(join(folder, made))).toBe(false);
});

test('Job refuses a behaviour that cannot be loaded on its host', async () => {
  const behaviour = { kind: 'custom', file: './own.mjs', options: null } as const;
  const { plan } = bundle();
  const own = {
    plan: { ...plan, groups: [groupOf({ users: 20, behaviour })] },
    behaviours: { './own.mjs': 'own.mjs' },
  };
  agree(bundle(own, { 'own.mjs': 'export const behavior = 1;' }));
  expect(await told('refused')).toMatchObject({
    isTarget: false,
    why: expect.stringMatching(/^Cannot load behaviour file ".*own\.mjs": it exports "behavior", wanted is/),
  });
});

test('Job refuses a bundle in a sentence where nothing can be written', async () => {
  const nowhere = join(folder, 'nowhere');
  vi.stubEnv('TMPDIR', nowhere);
  agree();
  expect(await told('refused')).toEqual({
    type: 'refused',
    isTarget: false,
    why: `Cannot write temporary files to "${nowhere}": wanted a TMPDIR that can be written to (ENOENT)`,
  });
});

test('Job kills a load process on command, and all of them at its end', async () => {
  agree();
  await told('agreed');
  for (const process of [0, 1]) job.take({ type: 'start', process, processes: 2, sourceAddresses: [] });
  await vi.waitFor(() => expect(messages('ready')).toHaveLength(2), FACT);
  job.take({ type: 'kill', process: 0 });
  expect(await told('exited')).toMatchObject({ process: 0, exit: { signal: 'SIGKILL' } });
  await job.end();
  const pids = reports.flatMap((report) => (report.type === 'started' ? [report.pid] : []));
  expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
});

test('Job takes no words that are no orders', async () => {
  for (const word of [null, 'release', { type: 'exec', command: 'id' }, { type: 'start', process: '0; id' }])
    job.take(word);
  job.take({ type: 'release' });
  await job.released;
  expect(reports).toEqual([]);
});
