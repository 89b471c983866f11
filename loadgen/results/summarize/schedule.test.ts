import { expect, test } from 'vitest';
import { syntheticRun, syntheticSummary } from '../../testing.ts';
import type { Header, Phase, Window } from '../record/index.ts';
import { Timeline } from '../timeline.ts';
import { FREE, scheduleOf, scheduleOfVersion1 } from './schedule.ts';
import { spansOf } from './span.ts';

const header = syntheticRun({ users: 60, workers: 1, seconds: 1 })[0] as Header;
const load = { pid: 1, cpuMicros: 0, rssBytes: 0, loopUtilisation: 0, gcMs: 0 };
const users = { started: 1, open: 1, failed: {}, dropped: {} };

function window(second: number, published: number): Window {
  return { type: 'window', process: 0, second, users, unsent: 0, published, workers: [], load };
}

/** Phases in which so many seconds with one publication each went by. */
function parts(phases: Phase[], seconds: number) {
  const timeline = new Timeline(phases);
  for (let second = 0; second < seconds; second += 1) timeline.add(window(second, 1));
  const spans = spansOf(timeline);
  return phases.map((phase, index) => ({ phase, span: spans[index]! }));
}

const phases: Phase[] = [
  { name: 'calm', start: 0, end: 4, measured: true, planned: 4 },
  { name: 'storm', start: 4, end: 10, measured: true, planned: 12 },
];

test('scheduleOf() holds publications against their plan, phase by phase', () => {
  const [calm, storm] = parts(phases, 10);
  expect(scheduleOf([calm!])).toEqual({ perSecond: 1, ratio: 1 });
  expect(scheduleOf([storm!])).toEqual({ perSecond: 2, ratio: 0.5 });
  expect(scheduleOf([calm!, storm!])).toEqual({ perSecond: 1.6, ratio: 10 / 16 });
});

test('scheduleOf() expects of an unfinished phase what its whole seconds had room for', () => {
  expect(scheduleOf(parts(phases, 7))).toEqual({ perSecond: 8 / 6, ratio: 6 / 8 });
  expect(scheduleOf(parts(phases, 3))).toEqual({ perSecond: 1, ratio: 1 });
  expect(scheduleOf(parts(phases, 1))).toEqual(FREE);
});

test('scheduleOf() expects little of the beginning of a phase whose pace grows', () => {
  const grown = { name: 'up', start: 0, end: 10, measured: true, planned: 55, pace: { from: 1, to: 10 } };
  expect(scheduleOf(parts([grown], 6))).toEqual({ perSecond: 3.25, ratio: 5 / 16.25 });
  expect(scheduleOf(parts([grown], 10))).toEqual({ perSecond: 5.5, ratio: 10 / 55 });
  const fallen = { ...grown, planned: 10, pace: { from: 2, to: 0 } };
  expect(scheduleOf(parts([fallen], 6)).perSecond).toBeCloseTo(7.5 / 5, 9);
});

test('scheduleOf() asks nothing of phases in which answers set the pace, or without any plan', () => {
  const free = phases.map(({ planned: _, ...phase }) => phase);
  expect(scheduleOf(parts(free, 10))).toEqual(FREE);
  expect(scheduleOf([])).toEqual(FREE);
});

test('scheduleOfVersion1() takes the share that was answered', () => {
  const { messages } = syntheticSummary();
  const old = { ...header, messagesPerSecond: 100 };
  const answered = scheduleOfVersion1(old, { ...messages, perSecond: 98 }, 21);
  expect(answered).toEqual({ perSecond: 100, ratio: 0.98 });
  expect(scheduleOfVersion1({ ...old, messagesPerSecond: 0 }, messages, 21)).toEqual(FREE);
});

test('scheduleOfVersion1() takes publications, which have no answer, from their totals', () => {
  // 100 publications a second; users arrive over 10 s, so the mean one sends from 5 s to 16 s.
  const messages = { ...syntheticSummary().messages, sent: 0, published: 1_100 };
  const { ratio } = scheduleOfVersion1({ ...header, messagesPerSecond: 100 }, messages, 21);
  expect(ratio).toBeCloseTo(1, 1);
});
