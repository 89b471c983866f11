import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { syntheticRun } from '../testing.ts';
import type { Final, Header, RecordLine, Window } from './record/index.ts';
import { type Ending, OpenRun, type Run, summarize, toRun } from './run.ts';

const lines = syntheticRun({ users: 300, workers: 2, seconds: 4 });
const final = lines.at(-1) as Final;
const unfinished = lines.slice(0, -1);
const ending = { seconds: final.seconds, totals: final.totals, evaluate: () => final.rules };

/** A run that took all these lines as they came, with nothing settled. */
function opened([header, ...rest]: readonly RecordLine[]): OpenRun {
  const run = new OpenRun(header as Header);
  for (const line of rest) if (line.type !== 'header' && line.type !== 'final') run.add(line);
  return run;
}

function conclude(these: readonly RecordLine[], how: Ending): Run & { final: Final } {
  return opened(these).conclude(how);
}

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

test('OpenRun makes the final line that the record then reads back', () => {
  const run = conclude(unfinished, ending);
  expect(run.final).toEqual(final);
  expect(run.summary.verdict).toEqual({ status: 'pass', validity: 'valid', reasons: [] });
  expect(toRun([...unfinished, run.final])).toEqual(run);
  expect(summarize([...unfinished, run.final])).toEqual(run.summary);
});

test('OpenRun shows the rules a summary that has everything but rules and verdict', () => {
  const evaluate = vi.fn(() => [{ rule: 'messages.inFlight == 0', value: 2, ok: false }]);
  const totals = final.totals.map(
    (each, process) => each && { ...each, answered: each.answered - process, inFlight: process },
  );
  const run = conclude(unfinished, { ...ending, totals, evaluate });
  expect(evaluate).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ rules: [], messages: expect.objectContaining({ inFlight: 1 }) }),
  );
  expect(run.final.rules).toMatchObject([{ rule: 'messages.inFlight == 0', value: 2 }]);
});

test('OpenRun judges the rules of a run, and none of an invalid one', () => {
  const evaluate = () => [
    { rule: 'seconds > 1', value: 8, ok: true },
    { rule: 'seconds > 99', value: 8, ok: false },
  ];
  const judged = conclude(unfinished, { ...ending, evaluate });
  expect(judged.summary.rules.map(({ ok }) => ok)).toEqual([true, false]);
  expect(judged.summary.verdict.reasons).toContainEqual(expect.stringContaining('seconds > 99'));
  const invalid = conclude(unfinished, { ...ending, totals: [null], evaluate });
  expect(invalid.final.rules.map(({ ok }) => ok)).toEqual([null, null]);
  expect(invalid.summary.verdict).toMatchObject({ status: 'invalid' });
  expect(invalid.summary.verdict.reasons.join()).not.toContain('seconds');
});

test('OpenRun fails a run of which every visit of a group threw, over all its windows', () => {
  const visits = (begun: number, threw: number) => [{ group: 'own', begun, threw }];
  const thrown = (second: number, begun: number, threw: number) =>
    unfinished.map((line) =>
      line.type === 'window' && line.second === second ? { ...line, visits: visits(begun, threw) } : line,
    );
  const runs = [thrown(3, 4, 0), thrown(3, 4, 4)].map((changed) => {
    const later = changed.map((line) =>
      line.type === 'window' && line.second === 9 ? { ...line, visits: visits(1, 1) } : line,
    );
    return conclude(later, ending).summary.verdict;
  });
  expect(runs).toEqual([
    { status: 'pass', validity: 'valid', reasons: [] },
    {
      status: 'fail',
      validity: 'valid',
      reasons: ['Every visit of group "own" ended with an error: 10 of 10'],
    },
  ]);
});

test('OpenRun checks the books of every load process', () => {
  const [first, ...rest] = final.totals;
  const totals = [first ? { ...first, sent: first.sent + 1 } : null, ...rest];
  const { verdict } = conclude(unfinished, { ...ending, totals }).summary;
  expect(verdict.status).toBe('invalid');
  expect(verdict.reasons[0]).toMatch(/^Load process 0 sent \d+ messages but accounts for \d+/);
});

test('OpenRun never lets a run pass that ended before its first measured phase', () => {
  const early: RecordLine[] = [
    ...unfinished.filter((line) => !('second' in line) || line.second < 8),
    { type: 'event', second: 8, kind: 'interrupted', text: 'Interrupted' },
  ];
  const { verdict } = conclude(early, { ...ending, totals: [], seconds: 8 }).summary;
  expect(verdict).toMatchObject({
    status: 'invalid',
    reasons: [expect.stringContaining('before its first measured phase'), 'Interrupted (at 8 s)'],
  });
});

test('OpenRun gives rules no times of answers that never came', () => {
  const mute = syntheticRun({ users: 6, workers: 1, seconds: 2 }).map((line) =>
    line.type === 'window'
      ? {
          ...line,
          workers: line.workers.map(({ response: _r, service: _s, ...each }) => ({ ...each, answered: 0 })),
        }
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

test('OpenRun has the summary the record is read back to, whatever came late', () => {
  const [header] = lines;
  const processes = [0, 1].map((process) =>
    unfinished.filter((line): line is Window => line.type === 'window' && line.process === process),
  );
  const others = unfinished.filter((line) => line.type === 'probe' || line.type === 'event');
  const expected = toRun(lines).summary;
  // Each process tells its windows in order; which of them speaks next, and what is settled by then, is chance.
  const turns = fc.array(fc.record({ who: fc.nat(2), settles: fc.nat(30) }), { maxLength: 80 });
  fc.assert(
    fc.property(turns, (these) => {
      const run = new OpenRun(header as Header);
      const queues = [[...(processes[0] ?? [])], [...(processes[1] ?? [])], [...others]];
      for (const { who, settles } of these) {
        const line = queues[who]?.shift();
        if (line !== undefined) run.add(line);
        run.settle(settles);
      }
      for (const line of queues.flat()) run.add(line);
      expect(run.conclude(ending).summary).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});

test('OpenRun summarizes what is settled while the run goes on, and takes more after that', () => {
  const run = opened(unfinished.filter((line) => !('second' in line) || line.second < 17));
  run.settle(15);
  const { messages, latencyMs, verdict } = run.soFar();
  expect(messages.sent).toBeGreaterThan(0);
  expect(latencyMs.response).toBeDefined();
  expect(verdict.reasons).toEqual([]);
  for (const line of unfinished) if ('second' in line && line.second >= 17) run.add(line);
  expect(run.conclude(ending).summary).toEqual(toRun(lines).summary);
});

test('OpenRun keeps nothing of windows but their second', () => {
  const [header, window] = lines as [Header, Window];
  const run = new OpenRun(header);
  for (let second = 0; second < 200; second += 1) {
    for (const process of [0, 1]) run.add({ ...window, process, second });
    run.settle(second);
  }
  const { timeline } = run.close(null);
  expect(timeline).toHaveLength(200);
  expect(Buffer.byteLength(JSON.stringify(timeline)) / 200).toBeLessThan(2_500);
});
