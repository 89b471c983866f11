import { expect, test } from 'vitest';
import type { Summary } from '../loadgen/results/index.ts';
import { generatorLines, phaseLines, serverLines, workerLines } from './summary-tables.ts';
import { channelsSummary, healthySummary, phasedSummary, silentTarget } from './testing.ts';

test('phaseLines() compares phases, and has nothing to compare in one', () => {
  expect(phaseLines(phasedSummary()).map((line) => line.split(/ {2,}/)[0])).toEqual(['', 'calm', 'storm']);
  expect(phaseLines(healthySummary())).toEqual([]);
});

test('workerLines() shows times of deliveries where nothing was answered', () => {
  const [, first] = workerLines(channelsSummary());
  expect(first).not.toMatch(/–.*–/);
  expect(first).toContain(healthySummary().workers[0]!.response!.p50.toFixed(2));
});

test('workerLines() puts workers below their hosts, where there are several', () => {
  const summary = healthySummary();
  const workers = summary.workers.map((worker, n) => ({ ...worker, id: `${n === 0 ? 'left' : 'right'}/0` }));
  const server = { workers: 1, connections: 30, messagesPerSecond: 5, cpuCores: 0.25, rssMB: null };
  const servers = [
    { id: 'left', ...server },
    { id: 'right', ...server },
  ];
  const lines = workerLines({ ...summary, workers, servers });
  expect(lines.map((line) => line.split(/ {2,}/)[0])).toEqual([
    '',
    'host left',
    'worker left/0',
    'host right',
    'worker right/0',
  ]);
  expect(lines[1]).toMatch(/^host left +30 +5\.0 +0\.25 +–/);
});

test('phaseLines() holds a phase against its plan only where it has one', () => {
  const summary = phasedSummary();
  expect(phaseLines(summary)[1]).toMatch(/\d %/);
  for (const phase of summary.phases) phase.schedule = { perSecond: 0, ratio: 1 };
  expect(phaseLines(summary)[1]).not.toContain('%');
});

test('serverLines() adds all processes up, or is silent about a target that told nothing', () => {
  expect(serverLines(healthySummary()).at(-2)).toMatch(/^all processes/);
  expect(serverLines({ ...healthySummary(), brokers: [], target: silentTarget })).toEqual([]);
});

test('serverLines() says how fast memory grew, once there was time to tell', () => {
  const summary = healthySummary();
  const lastOf = (
    end: number,
    rssSlopeMBPerHour: number,
    rssGrowthMB: Summary['target']['rssGrowthMB'] = null,
  ) => {
    const phases = summary.phases.map((phase) => (phase.measured ? { ...phase, start: 0, end } : phase));
    const target = { ...summary.target, rssSlopeMBPerHour, rssGrowthMB };
    return serverLines({ ...summary, phases, target }).at(-1);
  };
  expect(lastOf(299, 12.5)).toMatch(/a message$/);
  expect(lastOf(300, 12.5)).toMatch(/a message, memory grows by 12.50 MB an hour$/);
  expect(lastOf(300, -3)).toMatch(/, memory falls by 3.00 MB an hour$/);
  expect(lastOf(300, 12.5, { low: -0.5, high: 2 })).toMatch(/12.50 MB an hour \(-0.50 to 2.00 MB in all\)$/);
});

test('generatorLines() adds up the users there are, and counts bytes as rules do', () => {
  const summary = healthySummary();
  const { processes } = summary.generator;
  summary.users.target = 1_000;
  const users = processes.reduce((sum, part) => sum + part.users, 0);
  const lines = generatorLines({ ...summary, generator: { ...summary.generator, bytesPerUser: 6_000 } });
  expect(lines.find((line) => line.startsWith('all processes'))).toMatch(new RegExp(` ${users}$`));
  expect(lines.join('\n')).toContain(', 6.00 KB a user');
  expect(generatorLines(healthySummary()).join('\n')).not.toContain('a user');
});

test('generatorLines() tells of each load process how long what it read had waited, where that is known', () => {
  const summary = healthySummary();
  const [coordinator, first, second] = generatorLines(summary).slice(1);
  expect([coordinator, first, second]).toEqual([
    expect.stringMatching(/^coordinator /),
    expect.stringMatching(/ % +0\.\d\d$/),
    expect.stringMatching(/ % +0\.\d\d$/),
  ]);
  const processes = summary.generator.processes.map(({ loopDelayMs: _, ...older }) => older);
  const lines = generatorLines({ ...summary, generator: { ...summary.generator, processes } });
  expect(lines[2]).toMatch(/ % +–$/);
});

test('generatorLines() ends with what doubts the measurement', () => {
  const summary = healthySummary();
  expect(generatorLines(summary).at(-1)).toMatch(
    /^lateness p99 [\d.]+ ms \(sleeping takes up to 0\.25\), stolen by other machines/,
  );
  const { resolutionMs: __, ...older } = summary.generator;
  expect(generatorLines({ ...summary, generator: older }).at(-1)).toMatch(
    /^lateness p99 [\d.]+ ms, stolen by other machines/,
  );
  const { lateness: _, ...latencyMs } = summary.latencyMs;
  expect(generatorLines({ ...summary, latencyMs }).at(-1)).toMatch(/^lateness p99 – ms/);
});

test('generatorLines() shows the hosts that held users, and how well they began together', () => {
  const summary = healthySummary();
  const agent = {
    id: 'a1',
    processes: 1,
    users: 30,
    cpuCores: 0.2,
    rssMB: 70,
    clockOffsetMs: 3,
    clockErrorMs: 0.12,
  };
  const agents = [agent, { ...agent, id: 'a2', startLateMs: 0.5, clockErrorMs: 0.34 }];
  const generator = { ...summary.generator, agents, startLateMs: { p99: 0.5, max: 0.5 } };
  const text = generatorLines({ ...summary, generator }).join('\n');
  expect(text).toMatch(/\nagent a1 +30 +0\.20 +70 +– +– +3\.00 +0\.12\n/);
  expect(text).toContain('start skew p99 0.50 ms, at most 0.50 ms, by clocks within ± 0.34 ms');
  expect(generatorLines(summary).join('\n')).not.toContain('start skew');
});

test('generatorLines() tells what was foretold beside what it took: a range where there is one', () => {
  const side = { cpuCores: 0.18, rssMB: 400 };
  const forecast = { users: 9, limit: 'ports', generator: { ...side, leastCpuCores: 0.124 }, target: side };
  const [generator, server] = generatorLines({ ...healthySummary(), forecast }).slice(-2);
  expect(generator).toMatch(/^foretold for the generator +0\.12 to 0\.18 cores, took \d/);
  expect(server).toMatch(/^foretold for the server +0\.18 cores, took \d/);
});
