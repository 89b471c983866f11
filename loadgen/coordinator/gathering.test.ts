import { expect, test } from 'vitest';
import type { Exit } from '../../server/process/index.ts';
import type { Header, Probe, RecordLine, Second, Totals, Window } from '../results/index.ts';
import { syntheticRun } from '../testing.ts';
import { FanoutJoin } from './fanout/index.ts';
import { Gathering } from './gathering.ts';

const lines = syntheticRun({ users: 60, workers: 2, seconds: 3 });
const header = lines.find((line) => line.type === 'header') as Header;
const windows = lines.filter((line) => line.type === 'window');
const probes = lines.filter((line) => line.type === 'probe');
const totals = lines.find((line) => line.type === 'final')?.totals as Totals[];
const killed: Exit = { code: null, signal: 'SIGKILL', lastWords: '' };

interface Watched {
  gathering: Gathering;
  appended: RecordLine[];
  shown: Second[];
  /** Why the run is to end early; undefined so far. */
  early(): Promise<string | undefined>;
}

function watch(changes: Partial<Header> = {}, joined?: ConstructorParameters<typeof FanoutJoin>[1]): Watched {
  const appended: RecordLine[] = [];
  const shown: Second[] = [];
  const gathering = new Gathering(2, { second: (second) => shown.push(second) }, new FanoutJoin(2, joined));
  const record = { append: (line: RecordLine) => appended.push(line), close: () => undefined };
  gathering.begin({ ...header, ...changes }, record);
  const early = () => Promise.race([gathering.early, Promise.resolve(undefined)]);
  return { gathering, appended, shown, early };
}

/** A second in which this many users have begun so far and, of them, this many failed just now. */
function failing(second: number, process: number, counts: { started: number; failed: number }): Window {
  const { started, failed } = counts;
  const window = windows[0] as Window;
  return {
    ...window,
    process,
    second,
    workers: [],
    users: { started, open: 0, failed: { refused: failed }, dropped: {} },
  };
}

test('Gathering writes every line to the record as it comes, the final one last', () => {
  const { gathering, appended } = watch();
  for (const window of windows) gathering.window(window);
  for (const probe of probes) gathering.look({ probe, events: [] });
  const run = gathering.conclude(totals, () => []);
  expect(appended.slice(0, -1)).toEqual([header, ...windows, ...probes]);
  expect(appended.at(-1)).toBe(run.final);
  expect(run.summary.verdict).toEqual({ status: 'pass', validity: 'valid', reasons: [] });
  expect(run.final?.seconds).toBe((windows.at(-1)?.second ?? 0) + 1);
});

test('Gathering puts together what load processes tell of a publication, into the window of the last to speak', () => {
  const { gathering, appended } = watch({}, { tellers: [2], waitFor: 10 });
  const [one, other] = windows.filter(({ second }) => second === 0);
  const told = { type: 'spreads', isLast: false } as const;
  gathering.spreads({ ...told, process: 0, spreads: [[0, 1, 0, 2, 1_000, 1_000, 2_000]] });
  gathering.window(one ?? expect.fail());
  gathering.spreads({ ...told, process: 1, spreads: [[0, 1, 0, 2, 500, 700, 9_000]] });
  gathering.window(other ?? expect.fail());
  expect(appended.slice(1)).toMatchObject([one, { ...other, fanout: { last: expect.any(String) } }]);
  expect(appended[1]).toBe(one);
  const { fanoutMs } = gathering.conclude(totals, () => []).summary;
  expect(fanoutMs?.first.max).toBeCloseTo(0.5, 2);
  expect(fanoutMs?.last.max).toBeCloseTo(9, 1);
});

test('Gathering shows each second once, with the target as it was last seen', () => {
  const { gathering, shown } = watch();
  gathering.look({ probe: probes[0] as Probe, events: [] });
  for (const window of windows) gathering.window(window);
  expect(shown.map(({ second }) => second)).toEqual([...new Set(windows.map(({ second }) => second))]);
  expect(shown.slice(0, 3).map(({ probe }) => probe?.second)).toEqual([0, 0, undefined]);
});

test('Gathering counts a load process that lags behind, though its seconds were shown without it', () => {
  const { gathering, shown } = watch();
  const [fast, slow] = [0, 1].map((process) => windows.filter((window) => window.process === process));
  for (const window of fast ?? []) gathering.window(window);
  expect(shown.length).toBeGreaterThan(0);
  for (const window of slow ?? []) gathering.window(window);
  const { summary } = gathering.conclude(totals, () => []);
  const sent = windows.flatMap(({ workers }) => workers).reduce((sum, worker) => sum + worker.sent, 0);
  expect(summary.messages.sent).toBe(sent);
  expect(summary.verdict.status).toBe('pass');
});

test('Gathering ends a run early when its record cannot be written, and calls it invalid for that', async () => {
  const { gathering, early } = watch();
  for (const window of windows) gathering.window(window);
  gathering.unwritten('Cannot write it: no space left');
  expect(await early()).toBe('unwritten');
  const { summary, events } = gathering.conclude(totals, () => []);
  expect(summary.verdict.status).toBe('invalid');
  expect(summary.verdict.reasons[0]).toMatch(/^Cannot write it: no space left \(at \d+ s\)$/);
  gathering.unwritten('Cannot write the last line either');
  expect(events).toHaveLength(1);
});

test('Gathering ends a run early when a load process is lost, with its last words', async () => {
  const { gathering, appended, early } = watch();
  expect(await early()).toBeUndefined();
  gathering.lost(1, { code: 1, signal: null, lastWords: 'out of memory\n    at somewhere' });
  expect(await early()).toBe('process-lost');
  const text = 'Load process 1 ended with code 1: out of memory';
  expect(appended.at(-1)).toMatchObject({ type: 'event', kind: 'process-lost', text });
});

test('Gathering says who took a load process along that nobody saw end', async () => {
  const { gathering, appended, early } = watch();
  gathering.lost(1, {
    code: null,
    signal: null,
    lastWords: 'its agent "a" is gone: nothing was heard for 2.1 s',
  });
  expect(await early()).toBe('process-lost');
  const text = 'Load process 1 ended out of sight: its agent "a" is gone: nothing was heard for 2.1 s';
  expect(appended.at(-1)).toMatchObject({ kind: 'process-lost', text });
});

test('Gathering passes on what its reader should know, and goes on', async () => {
  const { gathering, appended, early } = watch();
  gathering.warn('NATS was away');
  expect(appended.at(-1)).toMatchObject({ type: 'event', kind: 'warning', text: 'NATS was away' });
  expect(await early()).toBeUndefined();
});

test('Gathering keeps how late load processes began, and how far clocks were off', () => {
  const { gathering, appended } = watch();
  gathering.begun(1, 0.7);
  for (const window of windows) gathering.window(window);
  gathering.conclude(totals, () => [], [0.1]);
  expect(appended.at(-1)).toMatchObject({ type: 'final', startLateMs: [null, 0.7], clockErrorsMs: [0.1] });
});

test('Gathering ends a run early when the server is gone, and blames the server', async () => {
  const { gathering, early } = watch();
  for (const window of windows) gathering.window(window);
  gathering.targetLost(killed);
  expect(await early()).toBe('target-lost');
  const { summary } = gathering.conclude(totals, () => []);
  expect(summary.verdict).toMatchObject({ status: 'fail' });
  expect(summary.verdict.reasons[0]).toContain('The server ended by SIGKILL');
});

test('Gathering keeps the first reason for an early end', async () => {
  const { gathering, early } = watch();
  gathering.interrupt();
  gathering.lost(0, killed);
  expect(await early()).toBe('interrupted');
});

test('Gathering leaves a process that never got ready to whoever waits for it', async () => {
  const gathering = new Gathering(1, { second: () => undefined });
  gathering.lost(0, killed);
  expect(await Promise.race([gathering.early, Promise.resolve('none')])).toBe('none');
});

test('Gathering gives a target up that took none of fifty users', async () => {
  const { gathering, early } = watch();
  gathering.window(failing(0, 0, { started: 20, failed: 20 }));
  gathering.window(failing(0, 1, { started: 20, failed: 20 }));
  expect(await early()).toBeUndefined();
  gathering.window(failing(1, 0, { started: 30, failed: 10 }));
  gathering.window(failing(1, 1, { started: 30, failed: 10 }));
  expect(await early()).toBe('unreachable');
});

test('Gathering gives a target up that took none of a few users only when all have tried', async () => {
  const { gathering, early } = watch({ users: 4 });
  gathering.window(failing(0, 0, { started: 1, failed: 1 }));
  gathering.window(failing(0, 1, { started: 1, failed: 1 }));
  expect(await early()).toBeUndefined();
  gathering.window(failing(1, 0, { started: 2, failed: 1 }));
  gathering.window(failing(1, 1, { started: 2, failed: 1 }));
  expect(await early()).toBe('unreachable');
});

test('Gathering does not wait for attempts under way when fifty have failed and nobody got through', async () => {
  const { gathering, early } = watch();
  gathering.window(failing(0, 0, { started: 54, failed: 53 }));
  gathering.window(failing(0, 1, { started: 54, failed: 53 }));
  expect(await early()).toBe('unreachable');
});

test('Gathering goes on when one user got through at any time', async () => {
  const { gathering, early } = watch();
  const one = failing(0, 0, { started: 1, failed: 0 });
  gathering.window({ ...one, users: { ...one.users, open: 1 } });
  gathering.window(failing(0, 1, { started: 10, failed: 10 }));
  gathering.window(failing(1, 0, { started: 100, failed: 99 }));
  gathering.window(failing(1, 1, { started: 100, failed: 90 }));
  expect(await early()).toBeUndefined();
});

test.each([{ dropped: { 'close-1000': 20 } }, { left: 20 }])(
  'Gathering does not call a target unreachable that let users in for less than a second, %j',
  async (users) => {
    const { gathering, early } = watch();
    const slammed = failing(0, 0, { started: 20, failed: 0 });
    gathering.window({ ...slammed, users: { ...slammed.users, ...users } });
    gathering.window(failing(0, 1, { started: 60, failed: 60 }));
    gathering.window(failing(1, 0, { started: 20, failed: 0 }));
    gathering.window(failing(1, 1, { started: 60, failed: 0 }));
    expect(await early()).toBeUndefined();
  },
);

test('Gathering ends a run by the rule that may, once its time has come and a look is due', async () => {
  const { gathering, appended, early } = watch();
  const rule = { rule: 'messages.sent < 1', abort: true, from: 11 };
  const tolerant = { ...rule, rule: 'messages.sent < 2', abort: false };
  const untaken = { ...rule, rule: 'latencyMs.recovery.p99 < 1' };
  gathering.begin(header, { append: (line) => appended.push(line), close: () => undefined }, [
    tolerant,
    untaken,
    rule,
  ]);
  for (const window of windows.filter(({ second }) => second < 14)) gathering.window(window);
  expect(await early()).toBeUndefined();
  for (const window of windows.filter(({ second }) => second >= 14)) gathering.window(window);
  expect(await early()).toBe('rule-broken');
  const told = appended.filter((line) => line.type === 'event');
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({
    kind: 'rule',
    text: expect.stringMatching(/^Rule "messages.sent < 1" ended the run: the value was \d+$/),
  });
  const { summary } = gathering.conclude(totals, () => []);
  expect(summary.verdict.status).toBe('fail');
});

test('Gathering writes down what was done to the target, and fails a run in which it could not be done', () => {
  const { gathering, appended } = watch();
  for (const window of windows) gathering.window(window);
  const process = { role: 'worker', id: 1 } as const;
  gathering.fault({ kind: 'fault', text: 'Killed worker 1 (pid 5)', process });
  expect(appended.at(-1)).toMatchObject({
    type: 'event',
    kind: 'fault',
    text: 'Killed worker 1 (pid 5)',
    process,
  });
  gathering.fault({ kind: 'fault-failed', text: 'Cannot do "Kill worker 1"' });
  const { verdict } = gathering.conclude(totals, () => []).summary;
  expect(verdict.status).toBe('fail');
  expect(verdict.reasons[0]).toContain('Cannot do "Kill worker 1"');
});

test('Gathering takes nothing more once the run is concluded', async () => {
  const { gathering, appended, early } = watch();
  gathering.window(windows[0] as Window);
  gathering.conclude(totals, () => []);
  const length = appended.length;
  gathering.interrupt();
  gathering.lost(0, killed);
  gathering.targetLost(killed);
  gathering.look({ probe: probes[0] as Probe, events: [] });
  expect(appended).toHaveLength(length);
  expect(await early()).toBeUndefined();
});

test('Gathering tells the run so far with what its rules would say, and leaves its verdict open', () => {
  const { gathering } = watch();
  for (const window of windows) gathering.window(window);
  const rules = [{ rule: 'users.failed == 0', value: 0, ok: true }];
  const { summary, timeline, final } = gathering.soFar(() => rules);
  expect(timeline.length).toBeGreaterThan(3);
  expect(summary).toMatchObject({ users: { peak: 60 }, rules });
  expect(final).toBeNull();
});

test('Gathering passes on the frames of the traced user', () => {
  const frames: unknown[] = [];
  const gathering = new Gathering(1, { second: () => undefined, trace: (frame) => frames.push(frame) });
  const frame = { at: 1, direction: 'out', text: '#1', isLast: false } as const;
  gathering.trace(frame);
  expect(frames).toEqual([frame]);
});

test('Gathering tells once that a behaviour threw, and keeps it in the record', () => {
  const said: string[] = [];
  const gathering = new Gathering(2, { second: () => undefined, trouble: (text) => said.push(text) });
  const appended: RecordLine[] = [];
  gathering.begin(header, { append: (line) => appended.push(line), close: () => undefined });
  for (const text of ['first', 'second']) gathering.threw(text);
  expect(said).toEqual(['first']);
  expect(appended.slice(1)).toMatchObject([{ type: 'event', kind: 'warning', text: 'first' }]);
});
