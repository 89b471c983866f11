import { expect, test } from 'vitest';
import { createLive, formatProgress, formatProgressLine, type Output } from './live.ts';
import { healthyRun } from './testing.ts';

const { header, timeline } = healthyRun();
const NOTHING = { timedOut: 0, lost: 0, unsent: 0, errors: 0, misdelivered: 0 };

function secondAt(second: number): (typeof timeline)[number] {
  const found = timeline[second];
  if (found === undefined) throw new Error(`the synthetic run has no second ${second}`);
  return structuredClone(found);
}

function recorder(parts: Partial<Output> = {}): { output: Output; written: string[] } {
  const written: string[] = [];
  return { written, output: { ...parts, write: (text) => written.push(text) } };
}

test('formatProgressLine() keeps names and their order, whatever happened', () => {
  const names =
    't phase users sent_per_s answered_per_s pushed_per_s p50_ms p99_ms lateness_p99_ms failed dropped timed_out lost unsent errors misdelivered';
  for (const second of [0, 20, 39]) {
    const line = formatProgressLine(header, secondAt(second), NOTHING);
    expect(line.split(' ').map((pair) => pair.split('=')[0])).toEqual(names.split(' '));
  }
});

test('formatProgressLine() tells no latency from a latency of zero', () => {
  expect(formatProgressLine(header, secondAt(39), NOTHING)).toContain(
    'phase=drain users=60/60 sent_per_s=0 answered_per_s=0 pushed_per_s=0 p50_ms=- ',
  );
});

test('formatProgress() shows elapsed time, phase, failures by number, and both sides of the machine', () => {
  const second = { ...secondAt(20), failedSoFar: { refused: 3, timeout: 4 } };
  const text = formatProgress(header, second, { soFar: { ...NOTHING, lost: 5 }, columns: 100 }).join('\n');
  expect(text).toMatch(/00:21 \/ 00:40 .* steady/);
  expect(text).toContain('60 of 60 open, 7 failed, 0 dropped');
  expect(text).toContain('5 lost');
  expect(text).toMatch(/generator 0\.\d\d, server 0\.\d\d/);
});

test('formatProgress() never exceeds the width of the terminal', () => {
  for (const columns of [20, 60, 200]) {
    const lines = formatProgress(header, secondAt(20), { soFar: NOTHING, columns });
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
  }
});

test('createLive() renews one block on a terminal', () => {
  const { output, written } = recorder({ isTTY: true, columns: 100 });
  const live = createLive(header, output);
  for (const second of timeline.slice(0, 3)) live.show(second);
  live.end();
  expect(written).toHaveLength(3);
  expect(written[0]?.startsWith('synthetic')).toBe(true);
  expect(written[1]?.startsWith('\u001b[6A\u001b[Jsynthetic')).toBe(true);
});

test('createLive() writes a line every five seconds to a log, and the last second in the end', () => {
  const { output, written } = recorder();
  const live = createLive(header, output);
  for (const second of timeline.slice(0, 13)) live.show(second);
  live.end();
  live.end();
  expect(written.map((line) => line.split(' ')[0])).toEqual(['t=1', 't=6', 't=11', 't=13']);
  expect(written.join('')).not.toContain('\u001b');
});

test('createLive() adds up what single seconds lose', () => {
  const { output, written } = recorder();
  const live = createLive(header, output);
  for (let second = 0; second <= 5; second += 1) live.show({ ...secondAt(second), lost: 2, timedOut: 1 });
  expect(written.at(-1)).toContain('timed_out=6 lost=12 ');
});

test('createLive() tells of errors and of what subscribers missed once there are any', () => {
  const quiet = formatProgress(header, secondAt(20), { soFar: NOTHING, columns: 120 }).join('\n');
  expect(quiet).not.toMatch(/errors|misdelivered/);
  const { output, written } = recorder({ isTTY: true, columns: 120 });
  const live = createLive(header, output);
  for (let second = 0; second < 2; second += 1)
    live.show({ ...secondAt(second), errors: 2, pushLost: 1, pushDuplicated: 1, pushReordered: 1 });
  expect(written.at(-1)).toContain('4 errors, 6 misdelivered');
});
