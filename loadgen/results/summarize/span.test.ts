import { expect, test } from 'vitest';
import { syntheticRun } from '../../testing.ts';
import type { Header } from '../record/index.ts';
import { Timeline } from '../timeline.ts';
import { highest, joined, mean, probedIn, probesOf, spansOf, sum, wholeSpan } from './span.ts';

const [header, ...lines] = syntheticRun({ users: 60, workers: 2, seconds: 4 });
const timeline = new Timeline((header as Header).phases);
for (const line of lines) if (line.type === 'window' || line.type === 'probe') timeline.add(line);
timeline.settle(99);
const spans = spansOf(timeline);

test('spansOf() cuts a run into its phases, second by second', () => {
  expect(spans.map(({ length }) => length)).toEqual([10, 5, 4, 5]);
  expect(spans.flatMap(({ seconds }) => seconds)).toEqual(timeline.seconds);
});

test('joined() adds up counts, seconds and times of phases that do not touch', () => {
  const [ramp, , steady] = spans;
  const both = joined([ramp!, steady!]);
  expect(both.length).toBe(14);
  expect(both.counts.sent).toBe(ramp!.counts.sent + steady!.counts.sent);
  expect(both.measure.times.response?.count).toBe(both.counts.answered);
  expect(joined([steady!])).toBe(steady);
});

test('wholeSpan() is all there is', () => {
  const whole = wholeSpan(timeline, spans);
  expect(whole.length).toBe(24);
  expect(whole.measure.times.response?.count).toBe(whole.counts.answered);
});

test('spansOf() counts the silent seconds within a phase, and gives an empty one a second', () => {
  const sparse = new Timeline([
    { name: 'steady', start: 0, end: 9 },
    { name: 'drain', start: 9, end: 10 },
  ]);
  for (const line of lines) if (line.type === 'probe' && [2, 7].includes(line.second)) sparse.add(line);
  expect(spansOf(sparse).map(({ length, seconds }) => [length, seconds.length])).toEqual([
    [6, 2],
    [1, 0],
  ]);
});

test('probesOf() and probedIn() find what the probe saw in the span', () => {
  const [, settle] = spans;
  expect(probesOf(settle!).map(({ second }) => second)).toEqual([10, 11, 12, 13, 14]);
  expect(probedIn(settle!, 'worker')).toHaveLength(10);
  expect(probedIn(settle!, 'balancer')).toEqual([]);
});

test('mean() knows no mean of nothing; sum() and highest() make it zero', () => {
  expect([mean([]), mean([1, 2])]).toEqual([null, 1.5]);
  expect([sum([]), sum([1, 2])]).toEqual([0, 3]);
  expect([highest([]), highest([1, 2])]).toEqual([0, 2]);
});
