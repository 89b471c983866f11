import { expect, test } from 'vitest';
import { syntheticRun } from '../../testing.ts';
import type { RecordLine, Window } from '../record/index.ts';
import { summarize } from '../run.ts';

const lines = syntheticRun({ users: 1_200, workers: 3, seconds: 20 });

/** The run with every line of a type changed. */
function changed<Type extends RecordLine['type']>(
  type: Type,
  change: (line: Extract<RecordLine, { type: Type }>) => RecordLine,
): RecordLine[] {
  return lines.map((line) =>
    line.type === type ? change(line as Extract<RecordLine, { type: Type }>) : line,
  );
}

const inSteady = ({ second }: { second: number }) => second >= 15 && second < 35;

test('summarizeRun() takes rates over the seconds of the measured phase', () => {
  const summary = summarize(lines);
  const answered = lines
    .filter((line): line is Window => line.type === 'window')
    .filter(inSteady)
    .flatMap(({ workers }) => workers)
    .reduce((sum, worker) => sum + worker.answered, 0);
  expect(summary.messages.perSecond).toBeCloseTo(answered / 20);
  expect(summary.schedule).toEqual({ perSecond: 200, ratio: expect.closeTo(answered / 20 / 200) });
  expect(
    summary.workers.map(({ messagesPerSecond }) => messagesPerSecond).reduce((a, b) => a + b),
  ).toBeCloseTo(answered / 20);
});

test('summarizeRun() takes latencies from the measured phase alone', () => {
  const noisy = changed('window', (window) =>
    inSteady(window)
      ? window
      : { ...window, workers: window.workers.map(({ response: _, ...rest }) => rest) },
  );
  expect(summarize(noisy).latencyMs.response).toEqual(summarize(lines).latencyMs.response);
});

test('summarizeRun() summarizes all seconds of a run that never got to a measured phase', () => {
  const early = lines.filter((line) => !('second' in line) || line.second < 8);
  const { messages, latencyMs } = summarize(early);
  expect(messages.perSecond).toBeCloseTo(messages.received / 8);
  expect(latencyMs.response?.p50).toBeGreaterThan(0);
});

test('summarizeRun() counts users by cause over the whole run', () => {
  const broken = changed('window', (window) => ({
    ...window,
    users: { ...window.users, failed: { refused: 1 }, dropped: window.second === 20 ? { reset: 2 } : {} },
  }));
  expect(summarize(broken).users).toEqual({
    target: 1_200,
    peak: 1_200,
    failed: { refused: 80 },
    dropped: { reset: 4 },
    thrown: {},
    left: 0,
    returned: 0,
  });
});

test('summarizeRun() names workers from windows and probes alike', () => {
  const unnamed = {
    worker: '-',
    open: 0,
    sent: 0,
    answered: 0,
    timedOut: 0,
    lost: 0,
    duplicated: 0,
    reordered: 0,
    pushed: 0,
  };
  const idle = changed('window', (window) => ({
    ...window,
    workers: [unnamed, ...window.workers.filter(({ worker }) => worker !== '2')],
  }));
  const { workers, balance } = summarize(idle);
  expect(workers.map(({ id, connections }) => [id, connections])).toEqual([
    ['0', 400],
    ['1', 400],
    ['2', 0],
  ]);
  expect(workers[2]).toMatchObject({ pid: expect.any(Number), peakConnections: 0, messagesPerSecond: 0 });
  expect(balance.connections).toBeCloseTo(1.5);
});

test('summarizeRun() keeps the one worker of a target that names none', () => {
  const foreign = changed('window', (window) => ({
    ...window,
    workers: window.workers.slice(0, 1).map((worker) => ({ ...worker, worker: '-' })),
  })).filter(({ type }) => type !== 'probe');
  const summary = summarize(foreign);
  expect(summary.workers).toMatchObject([
    { id: '-', pid: null, cpuCores: null, rssMB: null, eventLoopP99Ms: null },
  ]);
  expect(summary.target).toEqual({
    cpuCores: null,
    rssMB: null,
    rssSlopeMBPerHour: null,
    rssGrowthMB: null,
    cpuMicrosPerMessage: null,
  });
  expect(summary.brokers).toEqual([]);
});

test('summarizeRun() adds the target’s processes up and divides by messages', () => {
  const even = changed('probe', (probe) => ({
    ...probe,
    processes: probe.processes.map((process) => ({ ...process, cpuCores: 0.1, rssBytes: 50_000_000 })),
  }));
  const { target, messages, brokers } = summarize(even);
  expect(target.cpuCores).toBeCloseTo(0.5);
  expect(target.rssMB).toBeCloseTo(250);
  expect(target.cpuMicrosPerMessage).toBeCloseTo(500_000 / messages.perSecond);
  expect(brokers).toMatchObject([{ id: 0, cpuCores: expect.closeTo(0.1), rssMB: 50 }]);
});

test('summarizeRun() counts the coordinator into the generator, but not into the bytes of a user', () => {
  const even = changed('probe', (probe) => ({
    ...probe,
    coordinator: { pid: 5, cpuCores: 0.2, rssBytes: 100_000_000 },
  }));
  const { generator } = summarize(even);
  // Each load process uses 70 ms of CPU a second and 90 MB + 4 KB a user.
  expect(generator.cpuCores).toBeCloseTo(0.34);
  expect(generator.rssMB).toBeCloseTo(100 + 2 * 92.4);
  expect(generator.bytesPerUser).toBeCloseTo((2 * 92_400_000) / 1_200);
  expect(generator.processes).toMatchObject([
    { id: -1, users: 0 },
    { id: 0, users: 600 },
    { id: 1, users: 600 },
  ]);
});

test('summarizeRun() takes the mean steal of the host', () => {
  const stolen = changed('probe', (probe) => ({
    ...probe,
    host: { ...probe.host, stealPercent: inSteady(probe) ? 4 : 90 },
  }));
  expect(summarize(stolen).host.stealPercent).toBeCloseTo(4);
});

test('summarizeRun() joins measured phases and leaves out what lies between them', () => {
  const bounds = [
    ['ramp', 0, 15, false],
    ['calm', 15, 20, true],
    ['between', 20, 28, false],
    ['storm', 28, 35, true],
    ['drain', 35, 40, false],
  ] as const;
  const parted = changed('header', (header) => ({
    ...header,
    phases: bounds.map(([name, start, end, measured]) => ({
      name,
      start,
      end,
      measured,
      planned: 200 * (end - start),
    })),
  }));
  const { phases, messages, schedule, latencyMs } = summarize(parted);
  const [, calm, between, storm] = phases;
  expect(phases.map(({ id, measured }) => [id, measured])).toEqual(
    bounds.map(([name, , , measured]) => [name, measured]),
  );
  expect(messages.perSecond).toBeCloseTo((calm!.messages.received + storm!.messages.received) / 12);
  expect(schedule.perSecond).toBeCloseTo(200);
  expect(schedule.ratio).toBeCloseTo((calm!.messages.sent + storm!.messages.sent) / 2_400);
  expect(latencyMs.response?.max).toBe(
    Math.max(calm!.latencyMs.response!.max, storm!.latencyMs.response!.max),
  );
  expect(between!.messages.sent).toBeGreaterThan(0);
});

test('summarizeRun() takes times of connections from the whole run', () => {
  const { workers } = lines.find((line): line is Window => line.type === 'window' && inSteady(line))!;
  const times = workers[0]!.response!;
  const timed = changed('window', (window) => ({
    ...window,
    ...(window.second === 3 && { arrival: times }),
    workers: window.workers.map((worker) => ({
      ...worker,
      ...(window.second === 3 && { connect: times }),
      ...(window.second === 38 && { recovery: times }),
    })),
  }));
  expect(summarize(lines).latencyMs).not.toHaveProperty('connect');
  const { latencyMs, phases } = summarize(timed);
  expect(latencyMs.connect?.p50).toBeGreaterThan(0);
  expect(latencyMs.recovery).toEqual(latencyMs.connect);
  expect(latencyMs.arrival).toEqual(latencyMs.connect);
  expect(phases.map(({ latencyMs: own }) => own.connect !== undefined)).toEqual([true, false, false, false]);
});

test('summarizeRun() counts what the oracle found, errors and comings and goings', () => {
  const eventful = changed('window', (window) => ({
    ...window,
    published: 5,
    users: { ...window.users, left: 2, returned: 1 },
    workers: window.workers.map((worker) => ({
      ...worker,
      errors: 1,
      pushLost: 2,
      pushDuplicated: 3,
      pushReordered: 4,
    })),
  }));
  const { messages, users } = summarize(eventful);
  // Two processes for 40 seconds, each with three workers.
  expect(messages).toMatchObject({
    published: 400,
    errors: 240,
    pushLost: 480,
    pushDuplicated: 720,
    pushReordered: 960,
  });
  expect(users).toMatchObject({ left: 160, returned: 80 });
});

test('summarizeRun() tells how publications spread', () => {
  const { workers } = lines.find((line): line is Window => line.type === 'window' && inSteady(line))!;
  const times = workers[0]!.response!;
  const spread = changed('window', (window) => ({
    ...window,
    fanout: { first: times, median: times, last: times },
  }));
  const { fanoutMs, latencyMs } = summarize(spread);
  expect(fanoutMs?.first.p50).toBeCloseTo(latencyMs.response!.p50, 0);
  expect(summarize(lines)).not.toHaveProperty('fanoutMs');
});

test('summarizeRun() finds behaviours that ended with an error, in the run and in each phase, and none in a healthy run', () => {
  const broken = changed('window', (window) =>
    window.second === 20 ? { ...window, thrown: { TypeError: 1, RangeError: 2 } } : window,
  );
  expect(summarize(lines)).not.toHaveProperty('findings');
  expect(summarize(broken).findings).toEqual([
    "Behaviours of the scenario's own ended with an error: RangeError 4, TypeError 2",
  ]);
  expect(summarize(broken).users.thrown).toEqual({ TypeError: 2, RangeError: 4 });
  expect(summarize(broken).phases.map(({ id, users }) => [id, users.thrown])).toEqual([
    ['ramp', {}],
    ['settle', {}],
    ['steady', { TypeError: 2, RangeError: 4 }],
    ['drain', {}],
  ]);
});

test('summarizeRun() tells of hosts that held users, and what their clocks make of times that cross', () => {
  const { workers } = lines.find((line): line is Window => line.type === 'window' && inSteady(line))!;
  const push = workers[0]!.response!;
  const crossing = changed('window', (window) => ({
    ...window,
    workers: window.workers.map((worker) => ({ ...worker, push })),
  }));
  const host = { cpus: 2, model: 'None', memoryGB: 16, kernel: '6', node: '20', fdLimit: 20_000 };
  const agents = ['a', 'b'].map((name, n) => ({
    name,
    processes: [n],
    host,
    clock: { offsetMs: n, errorMs: 0.1 },
  }));
  const spread = crossing.map((line) => {
    if (line.type === 'header') return { ...line, generator: { ...line.generator, agents } };
    return line.type === 'final' ? { ...line, startLateMs: [0.2, 0.4], clockErrorsMs: [0.1, 0.15] } : line;
  });
  const { generator, findings } = summarize(spread);
  expect(generator.startLateMs).toEqual({ p99: 0.4, max: 0.4 });
  expect(generator.agents).toMatchObject([
    { id: 'a', processes: 1, startLateMs: 0.2, clockOffsetMs: 0, clockErrorMs: 0.1 },
    { id: 'b', processes: 1, startLateMs: 0.4, clockOffsetMs: 1, clockErrorMs: 0.15 },
  ]);
  expect(generator.agents?.reduce((sum, { users }) => sum + users, 0)).toBe(summarize(lines).users.peak);
  expect(generator.agents?.every(({ latenessP99Ms = 0 }) => latenessP99Ms > 0)).toBe(true);
  expect(findings).toEqual([
    'Times from publisher to subscriber may be off by ± 0.25 ms: they begin and end by clocks of different hosts',
  ]);
  expect(summarize(lines).generator).not.toHaveProperty('agents');
});
