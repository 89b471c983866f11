import { expect, test } from 'vitest';
import { quantileOf } from '../posterior/index.ts';
import { aRamp, aState, type ShortAttempt, tripped } from '../testing.ts';
import { posteriorOf } from './history.ts';
import { nextLimitLoad, nextLocateLoad } from './locate.ts';

const closing: ShortAttempt[] = [830, 910, 870].map((load, index) => ['locate', load, index % 2 === 0]);

test('nextLocateLoad() tries the median of what is believed, six times', () => {
  for (const trials of [[], closing]) {
    const state = aState([...aRamp, ...trials]);
    expect(nextLocateLoad(state)).toBeCloseTo(quantileOf(posteriorOf(state), 0.5), 9);
  }
});

test('nextLocateLoad() steps aside by turns from the seventh trial on', () => {
  const many: ShortAttempt[] = [
    ...closing,
    ['locate', 880, false],
    ['locate', 940, true],
    ['locate', 870, false],
  ];
  const seventh = aState([...aRamp, ...many]);
  const eighth = aState([...aRamp, ...many, ['locate', 900, false]]);
  const factor = (state: typeof seventh): number =>
    Math.log((nextLocateLoad(state) ?? 0) / quantileOf(posteriorOf(state), 0.5));
  expect(factor(seventh)).toBeCloseTo(posteriorOf(seventh).spread, 9);
  expect(factor(eighth)).toBeCloseTo(-posteriorOf(eighth).spread, 9);
});

test('nextLocateLoad() ends when the interval is narrow enough', () => {
  const narrow = aState([
    ...aRamp,
    ...Array.from(
      { length: 12 },
      (_, index): ShortAttempt => ['locate', index % 2 ? 908 : 892, index % 2 === 0],
    ),
  ]);
  expect(nextLocateLoad(narrow)).toBeUndefined();
  expect(nextLocateLoad({ ...narrow, settings: { ...narrow.settings, width: 0.001 } })).toBeDefined();
});

test('nextLocateLoad() halves the way to the ceiling of the load generator, and ends within a step of it', () => {
  const ceiling: ShortAttempt[] = [
    ['ramp', 1_000, true, tripped],
    ['ramp', 1_000, true, tripped],
  ];
  expect(nextLocateLoad(aState([['ramp', 700, true], ...ceiling]))).toBeCloseTo(Math.sqrt(700_000), 6);
  expect(nextLocateLoad(aState([['ramp', 700, true], ...ceiling, ['locate', 950, true]]))).toBeUndefined();
});

test('nextLocateLoad() goes on as the ramp does once failures proved to be lapses', () => {
  const climbed: ShortAttempt[] = [0, 1, 2].map((step) => ['locate', 1_100 + step, true]);
  expect(nextLocateLoad(aState([...aRamp, ...climbed]))).toBeCloseTo(1.5 * 1_102, 9);
});

test('nextLimitLoad() takes the limit that is known least, and only as often as it may', () => {
  const at = (load: number, okAtLimits: boolean[]): ShortAttempt => [
    'ramp',
    load,
    okAtLimits[2] ?? false,
    { okAtLimits },
  ];
  const trials = [
    at(200, [false, true, true, true, true]),
    at(600, [false, false, true, true, true]),
    at(700, [false, false, false, false, false]),
  ];
  const state = aState(trials);
  // Between 200 and 600 at 25 ms; nothing passed at 10 ms.
  expect(nextLimitLoad(state)).toBeCloseTo(quantileOf(posteriorOf(state, 1), 0.5), 9);
  expect(nextLimitLoad(aState(trials, { limitTrials: 0 }))).toBeUndefined();
  expect(
    nextLimitLoad(
      aState([...trials, ...Array.from({ length: 4 }, (): ShortAttempt => ['limits', 300, true])]),
    ),
  ).toBeUndefined();
});
