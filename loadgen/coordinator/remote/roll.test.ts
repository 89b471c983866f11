import { expect, test } from 'vitest';
import { checkClock, checkRoll } from './roll.ts';
import { helloOf } from './testing.ts';

const bus = { place: 'one:4222', complaint: '' };
const clock = { offsetMs: 1e9, errorMs: 0.1, roundTripMs: 0.2, wallOffsetMs: 3 };

test('checkRoll() has nothing against agents of this version that are free', () => {
  expect(checkRoll([helloOf('a'), helloOf('b')], 2, bus)).toEqual([]);
});

test('checkRoll() says how many are missing, and what NATS has to say to that', () => {
  expect(checkRoll([], 1, bus)).toEqual([
    'Cannot use agents at "one:4222": none answers, wanted is one started with "scbench agent --nats …"',
  ]);
  expect(checkRoll([helloOf('a')], 3, { ...bus, complaint: 'no rights' })).toEqual([
    'Cannot use agents at "one:4222": only 1 answer (no rights), wanted are 3 started with "scbench agent --nats …"',
  ]);
});

test('checkRoll() names everyone that cannot be used, and why', () => {
  const agents = [
    helloOf('a'),
    helloOf('a'),
    helloOf('b', { tool: '9.9.9' }),
    helloOf('c', { protocol: 99 }),
    helloOf('d', { busy: 'x:1 with "42k-users"' }),
  ];
  expect(checkRoll(agents, 1, bus)).toEqual([
    'Cannot use agent "a": another one has the same name, wanted is a "--name" of its own',
    expect.stringMatching(
      /^Cannot use agent "b": it is version 9\.9\.9 \(protocol 1\), wanted is [\d.]+ \(protocol 1\) as here$/,
    ),
    expect.stringMatching(/^Cannot use agent "c": it is version [\d.]+ \(protocol 99\), wanted is /),
    'Cannot use agent "d": it works for x:1 with "42k-users", wanted is a free one',
  ]);
});

test.each([
  [5_000, 'Cannot use agent "a": the clock of its host is 5.0 s ahead of this one\'s, wanted is at most 1 s'],
  [-5_000, 'Cannot use agent "a": the clock of its host is 5.0 s behind this one\'s, wanted is at most 1 s'],
])('checkClock() refuses a clock that is %s ms off', (wallOffsetMs, sentence) => {
  expect(checkClock({ name: 'a' }, { ...clock, wallOffsetMs })).toEqual([sentence]);
});

test('checkClock() takes clocks up to a second apart, where a question does not take long', () => {
  expect(checkClock({ name: 'a' }, { ...clock, wallOffsetMs: -999 })).toEqual([]);
  expect(checkClock({ name: 'a' }, { ...clock, roundTripMs: 250 })).toEqual([
    'Cannot use agent "a": a question takes 250 ms there and back, wanted is at most 100 ms to start in time',
  ]);
});
