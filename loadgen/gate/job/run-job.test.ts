import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readLedger, recompute, ServerBrokeDown } from '../../../reports/gate/index.ts';
import type { World } from '../../../reports/gate/run/testing.ts';
import type { Source } from '../builds/index.ts';
import { type JobRequest, type JobWorld, runJob } from './run-job.ts';
import { aCalibration, benchesOf } from './testing.ts';

function aFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'run-job-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Builds that were made elsewhere, so that nothing is built. */
function aSource(commit = '', directory = aFolder()): Source {
  return { kind: 'folder', name: directory, commit, directory };
}

function aJob(changes: Partial<JobRequest> = {}): JobRequest {
  return {
    sources: { base: aSource('a1'), candidate: aSource('b2') },
    ...{ scenario: 'ping-pong', attempt: 1, seed: '5e'.repeat(16), length: 'long' },
    out: join(aFolder(), 'deep', 'out'),
    ...changes,
  };
}

function aWorld(world: World = () => ({}), calibration = {}) {
  const interrupt = new AbortController();
  const benches = benchesOf(world, calibration);
  const said: string[] = [];
  const job: JobWorld = {
    createBench: benches.createBench,
    say: (text) => said.push(text),
    signal: interrupt.signal,
  };
  return { interrupt, benches, said, job };
}

test('runJob() measures two builds and leaves a record that says the same', async () => {
  const request = aJob();
  const { benches, said, job } = aWorld();
  const { result, record, isInterrupted, isAdvisory } = await runJob(request, job);
  expect([result.status, isInterrupted, isAdvisory]).toEqual(['pass', false, false]);
  expect(record).toBe(join(request.out, 'gate.jsonl'));
  expect(recompute(record).result).toEqual(result);
  const [bench] = benches.made;
  expect(bench).toMatchObject({ opened: 12, closed: 1 });
  expect(bench?.options).toMatchObject({
    scenario: 'ping-pong',
    builds: { base: { name: 'base', directory: request.sources.base.directory, commit: 'a1' } },
  });
  expect(said[0]).toContain('"ping-pong"');
});

test('runJob() begins no block that would end after its limit', async () => {
  let seconds = 0;
  const now = vi.spyOn(performance, 'now').mockImplementation(() => {
    seconds += 40;
    return seconds * 1_000;
  });
  const { job } = aWorld();
  const { result, header } = await runJob(aJob({ limitSeconds: 300 }), job);
  now.mockRestore();
  expect(header.time).toMatchObject({ limitSeconds: 300 });
  expect(result).toMatchObject({ status: 'inconclusive', isFinished: false });
  expect(result.blocks.measured).toBeLessThan(12);
});

test('runJob() adds to the ledger what was equal, and nothing else', async () => {
  const ledger = join(aFolder(), 'ledger.jsonl');
  await runJob(aJob({ ledger }), aWorld().job);
  expect(existsSync(ledger)).toBe(false);
  await runJob(aJob({ ledger, sources: { base: aSource('a1'), candidate: aSource('a1') } }), aWorld().job);
  const once = aSource();
  const inject = { kind: 'parse', size: 10 } as const;
  await runJob(aJob({ ledger, sources: { base: once, candidate: once }, inject }), aWorld().job);
  await runJob(aJob({ ledger, sources: { base: aSource(), candidate: aSource() } }), aWorld().job);
  expect(readLedger(ledger).map(({ injected }) => injected?.name)).toEqual([undefined, 'parse:10']);
});

test('runJob() calls a slowdown a hint where servers and load share a core, and nothing that is beyond doubt', async () => {
  const slow: World = ({ arm }) => ({ factor: arm === 'candidate' ? 1.2 : 1 });
  const lossy: World = ({ arm }) => ({ lost: arm === 'candidate' ? 1 : 0 });
  const broken: World = ({ arm }) => {
    if (arm === 'candidate') throw new ServerBrokeDown({ arm, why: 'it ended' });
    return {};
  };
  const outcomes = [];
  for (const [world, isPinned] of [
    [slow, false],
    [lossy, false],
    [broken, false],
    [slow, true],
  ] as const)
    outcomes.push(await runJob(aJob(), aWorld(world, { isPinned }).job));
  expect(outcomes.map(({ result }) => result.status)).toEqual(Array(4).fill('regression'));
  expect(outcomes.map(({ isAdvisory }) => isAdvisory)).toEqual([true, false, false, false]);
});

test('runJob() leaves neither folder nor bench behind when it is interrupted before the first block', async () => {
  const request = aJob();
  const { interrupt, benches, job } = aWorld();
  const createBench: JobWorld['createBench'] = async (options) => {
    const bench = await benches.createBench(options);
    return {
      ...bench,
      close: () => bench.close(),
      async calibrate() {
        interrupt.abort();
        throw new Error('aborted');
      },
    };
  };
  await expect(runJob(request, { ...job, createBench })).rejects.toMatchObject({
    exitCode: 105,
    message: 'Cannot begin the gate: it was interrupted before its first block',
  });
  expect(existsSync(request.out)).toBe(false);
  expect(benches.made[0]?.closed).toBe(1);
});

test('runJob() ends as a measurement that failed when the base cannot be tried out, and leaves nothing', async () => {
  const request = aJob();
  const { benches, job } = aWorld();
  const createBench: JobWorld['createBench'] = async (options) => ({
    ...(await benches.createBench(options)),
    calibrate: () => Promise.reject(new Error('the server is gone')),
  });
  await expect(runJob(request, { ...job, createBench })).rejects.toMatchObject({
    exitCode: 112,
    message: 'Cannot begin the gate: the server is gone',
  });
  expect(existsSync(request.out)).toBe(false);
});

test('runJob() keeps a folder that was there, and its own when there is a record in it', async () => {
  const out = aFolder();
  mkdirSync(join(out, 'kept'));
  const { interrupt, job } = aWorld();
  interrupt.abort();
  await expect(runJob(aJob({ out }), job)).rejects.toMatchObject({ code: 'RUN_INTERRUPTED' });
  expect(readdirSync(out)).toEqual(['kept']);
  const broken = aWorld(() => {
    throw new Error('the server is gone');
  });
  const request = aJob();
  await expect(runJob(request, broken.job)).rejects.toThrow('the server is gone');
  expect(readdirSync(request.out)).toEqual(['gate.jsonl']);
  expect(broken.benches.made[0]?.closed).toBe(1);
});

test('runJob() refuses a folder with an older result before it builds, and leaves that as it is', async () => {
  const out = aFolder();
  writeFileSync(join(out, 'gate.jsonl'), 'older');
  const { said, benches, job } = aWorld();
  await expect(runJob(aJob({ out }), job)).rejects.toMatchObject({
    exitCode: 104,
    message: `Cannot write results to "${out}": it holds the gate.jsonl of an older result, wanted is another folder, or no --out for a new one`,
  });
  expect([said, benches.made]).toEqual([[], []]);
  expect(readFileSync(join(out, 'gate.jsonl'), 'utf8')).toBe('older');
});

test('runJob() makes a folder of its own where nobody asked for that one', async () => {
  const request = aJob({ isOutFree: true });
  const records = [await runJob(request, aWorld().job), await runJob(request, aWorld().job)];
  expect(records.map(({ record }) => record)).toEqual([
    join(request.out, 'gate.jsonl'),
    join(`${request.out}-2`, 'gate.jsonl'),
  ]);
});

test('runJob() has its answer also where the ledger cannot be written, and says why', async () => {
  const once = aSource();
  const ledger = join(aFolder(), 'file', 'ledger.jsonl');
  writeFileSync(join(ledger, '..'), '');
  const equal = { ledger, sources: { base: once, candidate: once } };
  const { result, record, unkept } = await runJob(aJob(equal), aWorld().job);
  expect(recompute(record).result).toEqual(result);
  expect(unkept).toMatchObject({
    exitCode: 104,
    message: `Cannot write ledger "${ledger}": wanted a file that can be appended to (EEXIST)`,
  });
});

test('runJob() tells whether it was kept from its answer', async () => {
  const { interrupt, job } = aWorld((_, { measured }) => {
    if (measured === 20) interrupt.abort();
    return {};
  });
  const { isInterrupted, result } = await runJob(aJob(), job);
  expect([isInterrupted, result.isFinished]).toEqual([true, false]);
});

test('runJob() refuses a metric that this host does not count, and before all else one that no host does', async () => {
  const request = aJob({ metrics: ['instructions'] });
  const { job } = aWorld(() => ({}), { ...aCalibration, countsInstructions: false });
  await expect(runJob(request, job)).rejects.toThrow(
    'Cannot gate "instructions": wanted is one of cpu, allocation,',
  );
  expect(existsSync(request.out)).toBe(false);
  const unknown = aWorld();
  await expect(runJob(aJob({ metrics: ['p51'] }), unknown.job)).rejects.toThrow('did you mean "p50"');
  expect([unknown.said, unknown.benches.made]).toEqual([[], []]);
});
