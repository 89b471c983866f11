import { expect, test } from 'vitest';
import type { RunEvent, Second, WorkerSecond } from '../../loadgen/results/index.ts';
import { healthyRun } from '../testing.ts';
import { blockOf, type Moment } from './block.ts';
import { render } from './pieces.ts';

const { header, timeline } = healthyRun();
const WIDE = 120;
const good = { rule: 'users.failed == 0', value: 0, ok: true };
const killed: RunEvent = { type: 'event', second: 20, kind: 'fault', text: 'worker 1 was killed' };

function moment(changes: Partial<Second> = {}, parts: Partial<Moment> = {}): Moment {
  return {
    header,
    second: { ...structuredClone(timeline[20]!), ...changes },
    soFar: { timedOut: 0, lost: 0, unsent: 0, errors: 0, misdelivered: 0 },
    standing: { failing: [], holding: [], pending: [] },
    events: [],
    ...parts,
  };
}

function textOf(shown: Moment, columns = WIDE): string {
  return blockOf(shown, columns)
    .map((pieces) => render(pieces, { columns, colour: false }))
    .join('\n');
}

test('blockOf() shows elapsed time, phase and its rest, failures, and both sides of the machine', () => {
  const text = textOf(moment({ failedSoFar: { refused: 3, timeout: 4 } }));
  expect(text).toMatch(/00:21 \/ 00:35 .* steady, 00:\d\d left/);
  expect(text).toContain('60 of 60 open, 7 failed, 0 dropped');
  expect(text).toMatch(/generator 0\.\d\d, server 0\.\d\d/);
  expect(text).toMatch(/response +p50 +\S+ +p90 +\S+ +p99 +\S+ +max +\S+ ms/);
});

test('blockOf() shows every worker beside the others, the fullest with a full bar', () => {
  const [first, second] = timeline[20]!.workers as [WorkerSecond, WorkerSecond];
  const workers = [
    { ...first, open: 40 },
    { ...second, open: 20 },
  ];
  const text = textOf(moment({ workers }));
  expect(text).toMatch(/worker 0 +█{12} {5}40 open/);
  expect(text).toMatch(/worker 1 +█{6} {11}20 open/);
  const many = Array.from({ length: 11 }, (_, id) => ({ ...first, worker: String(id) }));
  expect(textOf(moment({ workers: many }))).toMatch(/worker 7 .*\n +and 3 more/);
});

test('blockOf() leaves bars out on a narrow terminal', () => {
  expect(textOf(moment(), 71)).not.toMatch(/[█░]/);
  expect(textOf(moment(), 72)).toMatch(/[█░]/);
});

test('blockOf() tells which rules would fail now, with their values', () => {
  const failing = [{ rule: 'latencyMs.response.p99 < 50', value: 312, ok: false }];
  const text = textOf(
    moment({}, { standing: { failing, holding: Array(5).fill(good), pending: [good, good] } }),
  );
  expect(text).toContain('1 fails now, 5 hold, 2 not measured yet');
  expect(text).toContain('✗ latencyMs.response.p99 < 50  312');
  expect(textOf(moment())).not.toContain('rules');
});

test('blockOf() marks events and planned faults on the line of time, and tells the last events', () => {
  const faults = [{ second: 30, text: 'worker 1 is to be killed' }];
  const text = textOf(moment({}, { header: { ...header, faults }, events: [killed] }));
  const [timeLine = ''] = text.split('\n');
  expect(timeLine.match(/▼/g)).toHaveLength(2);
  expect(timeLine).toMatch(/█▼░{8}▼/);
  expect(text).toContain('event      ▼ 00:20 worker 1 was killed');
});

test('blockOf() tells of errors and of what subscribers missed once there are any', () => {
  expect(textOf(moment())).not.toMatch(/errors|misdelivered/);
  const soFar = { timedOut: 1, lost: 5, unsent: 0, errors: 4, misdelivered: 6 };
  expect(textOf(moment({}, { soFar }))).toContain(
    '1 timed out, 5 lost, 0 never sent, 4 errors, 6 misdelivered',
  );
});

test('blockOf() shows the times of publications where there are any', () => {
  const push = timeline[20]!.response!;
  const { response: _, ...silent } = timeline[20]!;
  expect(textOf(moment())).not.toContain('push');
  const text = textOf({ ...moment(), second: { ...silent, push, pushed: 50, sent: 0 } });
  expect(text).toMatch(/push +p50/);
  expect(text).not.toContain('response');
  expect(text).toContain('50.0/s delivered');
});
