import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { type BlockPlan, defaultGuards, measureBlock } from '../../../reports/gate/index.ts';
import {
  type Bench,
  type BenchOptions,
  type Calibration,
  createBench,
  type Lengths,
  parseInjection,
  scenarioNames,
} from './index.ts';

/** This very tree is both builds. */
const build = { directory: fileURLToPath(new URL('../../../', import.meta.url)) };
const builds = { base: build, candidate: build };

const lengths: Partial<Lengths> = {
  fixedSeconds: 0.1,
  openSeconds: 0.25,
  probeSeconds: 0.2,
  trialSeconds: 0.25,
  tailSeconds: 0.25,
  warmUp: { leastSeconds: 0.1, leastMessages: 1, mostSeconds: 0.1 },
  idleUsers: 200,
};
const plan: BlockPlan = {
  index: 0,
  launchedFirst: 'candidate',
  windows: ['candidate', 'base', 'base', 'candidate'],
};
/** For blocks in which messages are lost: whoever waits for them need not wait for long, and memory is no matter. */
const losing: Partial<Lengths> = { ...lengths, patienceSeconds: 1, idleUsers: 0 };
/** The host of a test is shared: nothing disturbs here. */
const guards = Object.fromEntries(
  Object.keys(defaultGuards).map((name) => [name, name === 'sentShare' || name === 'cpuSteps' ? 0 : 1e9]),
) as unknown as typeof defaultGuards;

async function prepare(
  options: Partial<BenchOptions> = {},
): Promise<{ bench: Bench; calibration: Calibration }> {
  const before = servers();
  const bench = await createBench({ builds, scenario: 'ping-pong', lengths, ...options });
  onTestFinished(async () => {
    await bench.close();
    expect(servers()).toEqual(before);
  });
  return { bench, calibration: await bench.calibrate() };
}

/** Processes of servers and generators of any bench. */
function servers(): string[] {
  const list = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  return list.split('\n').filter((line) => line.includes(`${build.directory}dist/`));
}

/** The oldest process of a kind: in a block it belongs to the build that was launched first. */
function firstOf(name: string): number {
  const list = execFileSync('ps', ['-eo', 'pid=,args=', '--sort=start_time'], { encoding: 'utf8' });
  const isOurs = (line: string): boolean =>
    line.includes(build.directory) && line.includes(`/${name}/main.js`);
  return Number.parseInt(list.split('\n').find(isOurs) ?? expect.fail(`no process is a ${name}`), 10);
}

test.each(scenarioNames)('Bench measures a whole block of %s', async (scenario) => {
  const { bench, calibration } = await prepare({ scenario });
  expect(calibration.offeredPerSecond).toBeGreaterThan(0);
  expect(calibration.stallLimitMs).toBeGreaterThan(0);
  const block = await measureBlock(await bench.open(plan), { plan, attempt: 1, guards });
  expect(block.entries.map(({ mode, arm }) => `${mode} ${arm}`)).toEqual([
    ...plan.windows.map((arm) => `fixed ${arm}`),
    ...plan.windows.map((arm) => `open ${arm}`),
  ]);
  for (const { mode, window } of block.entries) {
    const { messages, server, slices, response } = window;
    expect(messages).toMatchObject({
      answered: messages.offered,
      lost: 0,
      duplicated: 0,
      reordered: 0,
      troubles: 0,
    });
    expect(server.cpuMicros).toBeGreaterThan(0);
    expect(server.allocatedBytes).toBeGreaterThan(0);
    expect(server.instructions === undefined).toBe(!calibration.countsInstructions);
    expect(response).toEqual(expect.any(String));
    expect(slices?.length ?? 0).toBe(mode === 'open' ? 1 : 0);
  }
  expect(Math.min(...Object.values(block.memory ?? {}))).toBeGreaterThan(0);
});

test.each(scenarioNames)('Bench finds messages of %s that the candidate loses', async (scenario) => {
  const { bench } = await prepare({
    scenario,
    inject: parseInjection('loss:50'),
    lengths: losing,
  });
  const block = await measureBlock(await bench.open(plan), { plan, attempt: 1, guards });
  const [first, ...others] = block.entries;
  expect(first?.arm).toBe('candidate');
  expect(first?.window.messages.lost).toBeGreaterThan(0);
  expect(others).toEqual([]);
  expect(block.memory).toBeUndefined();
});

test('Bench plants about as much as it is asked for', async () => {
  const { bench } = await prepare({
    inject: parseInjection('parse:100'),
    lengths: { ...lengths, fixedSeconds: 0.3, idleUsers: 0 },
  });
  const { entries } = await measureBlock(await bench.open(plan), { plan, attempt: 1, guards });
  const micros = { base: 0, candidate: 0 };
  for (const { mode, arm, window } of entries)
    if (mode === 'fixed') micros[arm] += window.server.cpuMicros / window.messages.answered;
  // Far apart, for the host of a test is shared: without it the ratio is 1.
  expect(micros.candidate / micros.base).toBeGreaterThan(1.3);
  expect(micros.candidate / micros.base).toBeLessThan(4);
});

test.each(['cluster', 'worker'])('Bench says whose server lost its %s process under load', async (name) => {
  const { bench } = await prepare({ lengths: losing });
  const block = await bench.open(plan);
  const measured = block.measure({ mode: 'open', position: 0, arm: 'candidate', attempt: 1 });
  process.kill(firstOf(name), 'SIGKILL');
  await expect(measured).rejects.toMatchObject({
    breakdown: { arm: 'candidate', why: expect.stringMatching(/^\d of its \d processes ended$/) },
  });
  await block.close();
});

test('Bench ends what is under way when it is interrupted', async () => {
  const interruption = new AbortController();
  const { bench } = await prepare({
    signal: interruption.signal,
    lengths: { ...lengths, idleUsers: 0 },
  });
  const block = await bench.open(plan);
  const measured = block.measure({ mode: 'open', position: 0, arm: 'base', attempt: 1 });
  interruption.abort();
  await expect(measured).rejects.toThrow();
  await expect(bench.open(plan)).rejects.toThrow();
});

test('Bench opens no block before it knows the base', async () => {
  const bench = await createBench({ builds, scenario: 'ping-pong' });
  await expect(bench.open(plan)).rejects.toThrow('Cannot open a block: the base was not probed');
});

test('createBench() refuses scenarios it does not have and injections that do not go with one', async () => {
  await expect(createBench({ builds, scenario: 'chat' })).rejects.toThrow('Cannot gate scenario "chat"');
  const delayed = createBench({ builds, scenario: 'channels', inject: { kind: 'tail', size: 1 } });
  await expect(delayed).rejects.toThrow(
    'Cannot inject "tail" into scenario "channels": it delays calls alone',
  );
});
