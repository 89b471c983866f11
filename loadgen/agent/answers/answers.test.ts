import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeHistogram, type Totals } from '../../results/index.ts';
import { Recorder } from '../recording/index.ts';
import { Users } from '../users.ts';
import { Answers } from './answers.ts';

const load = { pid: 1, cpuMicros: 0, rssBytes: 0, loopUtilisation: 0, gcMs: 0 };

interface Scene {
  answers: Answers;
  recorder: Recorder;
  settled: [user: number, at: number][];
  totals(): Totals;
}

function scene(): Scene {
  const recorder = new Recorder(0, () => load);
  const users = new Users([0, 1, 2, 3], () => 0);
  for (let user = 0; user < 4; user += 1) users.answeredBy(user, recorder.worker('1'));
  const settled: [user: number, at: number][] = [];
  const answers = new Answers({
    users,
    recorder,
    answerWithin: 10,
    settled: (user, at) => void settled.push([user, at]),
  });
  const totals = (): Totals => {
    recorder.cut(0);
    return recorder.totals(answers.inFlight);
  };
  return { answers, recorder, settled, totals };
}

test('Answers times an answer from the intended and from the actual send', () => {
  const { answers, recorder, settled } = scene();
  answers.sent(0, 2, 2.25);
  expect(answers.isAwaitedBy(0)).toBe(true);
  answers.answer(0, 1, 2.75);
  expect([answers.isAwaitedBy(0), settled]).toEqual([false, [[0, 2.75]]]);
  const { workers, lateness = '' } = recorder.cut(2);
  expect(decodeHistogram(workers[0]?.response ?? '').max).toBeCloseTo(750_000, -4);
  expect(decodeHistogram(workers[0]?.service ?? '').max).toBeCloseTo(500_000, -4);
  expect(decodeHistogram(lateness).max).toBeCloseTo(250_000, -4);
});

test('Answers counts a send as timed out once, and its late answer as nothing', () => {
  const stage = scene();
  stage.answers.sent(0, 2, 2);
  stage.answers.sent(0, 8, 8);
  stage.answers.giveUp(12);
  stage.answers.giveUp(13);
  expect(stage.totals()).toMatchObject({ sent: 2, timedOut: 1, inFlight: 1 });
  stage.answers.answer(0, 1, 14);
  expect(stage.totals()).toMatchObject({ answered: 0, timedOut: 1, inFlight: 1, duplicated: 0 });
  stage.answers.answer(0, 2, 14);
  expect(stage.totals()).toMatchObject({ answered: 1, timedOut: 1, inFlight: 0 });
  expect(stage.settled).toEqual([
    [0, 12],
    [0, 14],
  ]);
});

test('Answers does not take an answer for timely because nobody looked in between', () => {
  const stage = scene();
  stage.answers.sent(0, 2, 2);
  stage.answers.answer(0, 1, 12);
  expect(stage.totals()).toMatchObject({ sent: 1, answered: 0, timedOut: 1, inFlight: 0 });
});

test('Answers tells a repeated answer from a reordered and from a surplus one', () => {
  const stage = scene();
  for (let send = 0; send < 3; send += 1) stage.answers.sent(0, 2, 2);
  for (const count of [5, 5, 4, 6]) stage.answers.answer(0, count, 3);
  expect(stage.totals()).toMatchObject({ answered: 3, duplicated: 1, reordered: 1, inFlight: 0 });
  stage.answers.answer(0, 7, 3);
  expect(stage.totals()).toMatchObject({ answered: 3, duplicated: 2, reordered: 1 });
});

test('Answers matches answers that carry no count', () => {
  const stage = scene();
  for (const count of [Number.NaN, Number.NaN]) {
    stage.answers.sent(0, 2, 2);
    stage.answers.answer(0, count, 3);
  }
  expect(stage.totals()).toMatchObject({ answered: 2, duplicated: 0, reordered: 0 });
});

test('Answers matches responses by their number, counts errors once, and repetitions as such', () => {
  const stage = scene();
  for (const call of [0, 1, 2]) stage.answers.sent(0, 2, 2, call);
  stage.answers.response(0, 2, false, 3);
  stage.answers.response(0, 0, true, 3);
  stage.answers.response(0, 0, true, 3);
  const [worker] = stage.recorder.cut(0).workers;
  expect(worker).toMatchObject({ sent: 3, answered: 2, errors: 1, duplicated: 1 });
  expect(stage.answers.inFlight).toBe(1);
});

test('Answers.drop() loses what waits, and Answers.begin() takes any count from the next worker', () => {
  const stage = scene();
  for (const user of [0, 0, 0, 1]) stage.answers.sent(user, 2, 2);
  stage.answers.answer(0, 90, 3);
  stage.answers.drop(0, 4);
  expect(stage.totals()).toMatchObject({ sent: 4, lost: 2, inFlight: 1 });
  expect(stage.settled.at(-1)).toEqual([0, 4]);
  // A user that leaves when it is its time drops nothing, and comes back to another worker all the same.
  for (const count of [1, 1]) {
    stage.answers.begin(0);
    stage.answers.sent(0, 5, 5);
    stage.answers.answer(0, count, 6);
  }
  stage.answers.drop(2, 7);
  expect(stage.totals()).toMatchObject({ answered: 3, duplicated: 0, reordered: 0, lost: 2 });
});

test('Answers keeps sent = answered + timed out + lost + in flight through anything', () => {
  const step = fc.record({
    user: fc.nat(3),
    kind: fc.constantFrom('send', 'send', 'answer', 'expire', 'drop'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
      const { answers, totals } = scene();
      steps.forEach(({ user, kind }, index) => {
        const now = 2 + index;
        if (kind === 'expire') answers.giveUp(now);
        if (kind === 'send') answers.sent(user, now - 0.1, now, user === 3 ? index : undefined);
        if (kind === 'answer' && user === 3) answers.response(user, index - 5, false, now);
        else if (kind === 'answer') answers.answer(user, index, now);
        if (kind === 'drop') answers.drop(user, now);
      });
      const { sent, answered, timedOut, lost, inFlight } = totals();
      expect(answered + timedOut + lost + inFlight).toBe(sent);
    }),
  );
});
