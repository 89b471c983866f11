import { expect, test } from 'vitest';
import { syntheticSummary } from '../../../testing.ts';
import type { LoopDelay } from '../../generator/index.ts';
import type { Summary } from '../../summary.ts';
import { doings } from './doings.ts';

const healthy = syntheticSummary({ users: 60, workers: 2, seconds: 2 });

/** A run with load processes that looked up as late as this, and none that told when `delays` is empty. */
function lateBy(delays: readonly LoopDelay[]): Summary {
  const [process = expect.fail()] = healthy.generator.processes;
  const { loopDelayMs: _, ...silent } = process;
  const processes = delays.map((loopDelayMs, id) => ({ ...silent, id, loopDelayMs }));
  return { ...healthy, generator: { ...healthy.generator, processes: [silent, ...processes] } };
}

function ofWholeRun(summary: Summary): [did: string, at: string, errorMs: number][] {
  return doings(summary)
    .filter(({ figures }) => figures.length > 0)
    .map(({ did, at, errorMs }) => [did, at, errorMs]);
}

test('doings() are sending, and reading by the process that was the latest', () => {
  const { errorMs } = healthy.generator;
  const delays = [
    { p99: 1, p995: 2, p999: 3, max: 90 },
    { p99: 4, p995: 5, p999: 6, max: 7 },
  ];
  expect(ofWholeRun(lateBy(delays))).toEqual([
    ['sent', 'at 99.5 %', errorMs],
    ['read', 'at 99.5 % in load process 1', 5],
  ]);
});

test('doings() hold the slowest thousandth against broken rules on it, whichever process it was in', () => {
  const delays = [
    { p99: 1, p995: 2, p999: 3, max: 90 },
    { p99: 4, p995: 5, p999: 6, max: 7 },
  ];
  const rules = ['response.max < 1', 'response.p(99.9) < 1'].map((rule) => ({ rule, value: 2, ok: false }));
  const read = ofWholeRun({ ...lateBy(delays), rules }).filter(([did]) => did === 'read');
  expect(read.slice(1)).toEqual([
    ['read', 'at 99.9 %', 6],
    ['read', 'at most', 90],
  ]);
});

test('doings() know nothing of reading in older records', () => {
  expect(ofWholeRun(lateBy([]))).toEqual([['sent', 'at 99.5 %', healthy.generator.errorMs]]);
});
