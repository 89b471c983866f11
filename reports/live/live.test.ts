import { expect, test } from 'vitest';
import { healthyRun } from '../testing.ts';
import { createLive } from './live.ts';
import type { Output } from './terminal.ts';

const { header, timeline } = healthyRun();

function secondAt(second: number): (typeof timeline)[number] {
  const found = timeline[second];
  if (found === undefined) throw new Error(`the synthetic run has no second ${second}`);
  return structuredClone(found);
}

function recorder(parts: Partial<Output> = {}): { output: Output; written: string[] } {
  const written: string[] = [];
  return { written, output: { ...parts, write: (text) => written.push(text) } };
}

test('createLive() renews one block on a terminal, with rules and events of the run so far', () => {
  const { output, written } = recorder({ isTTY: true, columns: 100, rows: 40 });
  const run = healthyRun();
  run.summary.rules = [{ rule: 'messages.lost == 0', value: 2, ok: false }];
  run.events = [{ type: 'event', second: 3, kind: 'fault', text: 'worker 1 was killed' }];
  const live = createLive({ header, glance: () => run, output });
  for (const second of timeline.slice(0, 3)) live.show(second);
  live.end();
  expect(written).toHaveLength(3);
  expect(written[2]).toContain('1 fails now');
  expect(written[2]).toContain('worker 1 was killed');
  const lines = written[0]?.split('\n').length ?? 0;
  expect(written[1]).toContain(`\u001b[${lines - 1}A`);
});

test('createLive() writes colours on a terminal only if it may', () => {
  for (const colour of [true, false]) {
    const { output, written } = recorder({ isTTY: true, columns: 100 });
    createLive({ header, glance: healthyRun, output, colour }).show(secondAt(20));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is how colours begin.
    expect(/\u001b\[\d+m/.test(written.join(''))).toBe(colour);
  }
});

test('createLive() writes a line every five seconds to a log, and the last second in the end', () => {
  const { output, written } = recorder();
  const live = createLive({ header, glance: () => expect.fail('nobody asked'), output });
  for (const second of timeline.slice(0, 13)) live.show(second);
  live.end();
  live.end();
  expect(written.map((line) => line.split(' ')[0])).toEqual(['t=1', 't=6', 't=11', 't=13']);
  expect(written.join('')).not.toContain('\u001b');
});

test('createLive() adds up what single seconds lose', () => {
  const { output, written } = recorder();
  const live = createLive({ header, glance: healthyRun, output });
  for (let second = 0; second <= 5; second += 1) {
    live.show({ ...secondAt(second), lost: 2, timedOut: 1, errors: 2, pushLost: 1, pushDuplicated: 1 });
  }
  expect(written.at(-1)).toContain('timed_out=6 lost=12 unsent=0 errors=12 misdelivered=12\n');
});
