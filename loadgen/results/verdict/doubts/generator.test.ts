import { expect, test } from 'vitest';
import { syntheticSummary } from '../../../testing.ts';
import type { Summary } from '../../summary.ts';
import { doubtsOfGenerator, spoiltByGenerator } from './generator.ts';

const healthy = syntheticSummary({ users: 60, workers: 2, seconds: 2 });
const withProcess = (changes: Partial<Summary['generator']['processes'][number]>): Summary => ({
  ...healthy,
  generator: {
    ...healthy.generator,
    processes: healthy.generator.processes.map((each) => (each.id === 1 ? { ...each, ...changes } : each)),
  },
});
const late: Summary = { ...healthy, generator: { ...healthy.generator, errorMs: 90, resolutionMs: 1 } };

test('spoiltByGenerator() and doubtsOfGenerator() say nothing of a healthy run', () => {
  expect([...spoiltByGenerator(healthy), ...doubtsOfGenerator(healthy)]).toEqual([]);
});

test.each([
  ['one busy event loop', withProcess({ loopUtilisation: 0.86 }), 'Load process 1 was saturated'],
  ['a quota', withProcess({ throttledMsPerSecond: 5.1 }), 'Load process 1 was stopped by the CPU quota'],
  ['lateness', late, 'The generator itself sent late: 90.00 ms at 99.5 %'],
])('spoiltByGenerator() takes %s for the end of all trust, once', (_what, summary, reason) => {
  expect(spoiltByGenerator(summary)).toEqual([expect.stringContaining(reason)]);
  expect(doubtsOfGenerator(summary)).toEqual([]);
});

test.each([
  ['a quota', withProcess({ throttledMsPerSecond: 1.1 }), 'Load process 1 was stopped by the CPU quota'],
  ['the collector', withProcess({ gcMsPerSecond: 101 }), 'Load process 1 collected garbage for 10.1 %'],
])('doubtsOfGenerator() has one when %s took a little time', (_what, summary, reason) => {
  expect(spoiltByGenerator(summary)).toEqual([]);
  expect(doubtsOfGenerator(summary)).toEqual([expect.stringContaining(reason)]);
});

test('spoiltByGenerator() does not trust hosts that did not begin together', () => {
  const agent = {
    id: 'a',
    processes: 1,
    users: 30,
    cpuCores: 0,
    rssMB: 0,
    clockOffsetMs: 0,
    clockErrorMs: 0,
  };
  const begun = (startLateMs: number) => {
    const agents = [{ ...agent, startLateMs }];
    return spoiltByGenerator({ ...healthy, generator: { ...healthy.generator, agents } });
  };
  expect(begun(50)).toEqual([]);
  expect(begun(51)).toEqual(['Agent "a" began 51 ms after the common start, at most 50 ms can be trusted']);
});
