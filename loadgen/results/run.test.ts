import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { syntheticRun } from '../testing.ts';
import { conclude, summarize, toRun } from './run.ts';
import type { Final, RecordLine } from './run-record.ts';

const lines = syntheticRun({ users: 300, workers: 2, seconds: 4 });
const final = lines.at(-1) as Final;
const unfinished = lines.slice(0, -1);
const ending = { seconds: final.seconds, totals: final.totals, evaluate: () => final.rules };

test('toRun() makes one second out of all lines of that second', () => {
  const { header, timeline, events, final: last } = toRun(lines);
  expect(header).toBe(lines[0]);
  expect(timeline.map(({ second }) => second)).toEqual(Array.from({ length: 24 }, (_, second) => second));
  expect(timeline.every(({ generator }) => generator.processes.length === 3)).toBe(true);
  expect(events).toHaveLength(1);
  expect(last).toBe(final);
});

test('toRun() does not mind the order in which lines came in', () => {
  const shuffled = fc.shuffledSubarray(lines, { minLength: lines.length });
  const { timeline, summary } = toRun(lines);
  fc.assert(
    fc.property(shuffled, (these) => {
      // Of two processes, the one that is first in a second is first in its sums: equal but for rounding.
      const run = toRun(these);
      expect(run.timeline.map(({ sent, response }) => [sent, response])).toEqual(
        timeline.map(({ sent, response }) => [sent, response]),
      );
      expect(run.summary.latencyMs).toEqual(summary.latencyMs);
      expect(run.summary.messages).toEqual(summary.messages);
    }),
    { numRuns: 10 },
  );
});

test('toRun() says that a record without a final line was cut off', () => {
  const { final: last, summary } = toRun(unfinished);
  expect(last).toBeNull();
  expect(summary.seconds).toBe(24);
  expect(summary.verdict).toEqual({
    status: 'invalid',
    validity: 'invalid',
    reasons: ['The record has no final line: the run was cut off'],
  });
});

test('toRun() refuses lines without a header', () => {
  expect(() => toRun(lines.slice(1))).toThrow(expect.objectContaining({ code: 'RECORD_INVALID' }));
});

test('conclude() makes the final line that the record then reads back', () => {
  const run = conclude(unfinished, ending);
  expect(run.final).toEqual(final);
  expect(run.summary.verdict).toEqual({ status: 'pass', validity: 'valid', reasons: [] });
  expect(toRun([...unfinished, run.final])).toEqual(run);
  expect(summarize([...unfinished, run.final])).toEqual(run.summary);
});

test('conclude() shows the rules a summary that has everything but rules and verdict', () => {
  const evaluate = vi.fn(() => [{ rule: 'messages.inFlight == 0', value: 2, ok: false }]);
  const totals = final.totals.map(
    (each, process) => each && { ...each, answered: each.answered - process, inFlight: process },
  );
  const run = conclude(unfinished, { ...ending, totals, evaluate });
  expect(evaluate).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ rules: [], messages: expect.objectContaining({ inFlight: 1 }) }),
  );
  expect(run.final.rules).toEqual([{ rule: 'messages.inFlight == 0', value: 2, ok: false }]);
  expect(run.summary.verdict.reasons).toContainEqual(expect.stringContaining('messages.inFlight == 0'));
});

test('conclude() checks the books of every load process', () => {
  const [first, ...rest] = final.totals;
  const totals = [first ? { ...first, sent: first.sent + 1 } : null, ...rest];
  const { verdict } = conclude(unfinished, { ...ending, totals }).summary;
  expect(verdict.status).toBe('invalid');
  expect(verdict.reasons[0]).toMatch(/^Load process 0 sent \d+ messages but accounts for \d+/);
});

test('conclude() never lets a run pass that ended before its steady phase', () => {
  const early: RecordLine[] = [
    ...unfinished.filter((line) => !('second' in line) || line.second < 8),
    { type: 'event', second: 8, kind: 'interrupted', text: 'Interrupted' },
  ];
  const { verdict } = conclude(early, { ...ending, totals: [], seconds: 8 }).summary;
  expect(verdict).toMatchObject({
    status: 'invalid',
    reasons: [expect.stringContaining('before its steady phase'), 'Interrupted (at 8 s)'],
  });
});

test('conclude() gives rules no times of answers that never came', () => {
  const mute = syntheticRun({ users: 6, workers: 1, seconds: 2 })
    .filter(({ type }) => type !== 'final')
    .map((line) =>
      line.type === 'window'
        ? { ...line, workers: line.workers.map((each) => ({ ...each, answered: 0 })) }
        : line,
    );
  let seen: object | undefined;
  conclude(mute, {
    seconds: 2,
    totals: [],
    evaluate: (summary) => {
      seen = summary.latencyMs;
      return [];
    },
  });
  expect(seen).toHaveProperty('lateness');
  expect(seen).not.toHaveProperty('response');
});
