import { expect, test } from 'vitest';
import type { Window } from '../measurements/index.ts';
import { aWindow } from '../measurements/testing.ts';
import { type Disturbance, defaultGuards, disturbances } from './guards.ts';

const quiet = aWindow({ mode: 'open' });

/** Each limit, a window just within it and one just beyond. */
const edges: [Disturbance, Window, Window][] = [
  ['lateness', withGenerator({ latenessMaxMs: 50 }), withGenerator({ latenessMaxMs: 50.1 })],
  ['lateness', withGenerator({ latenessP99Ms: 10 }), withGenerator({ latenessP99Ms: 10.1 })],
  ['generator', withGenerator({ cpuShare: 0.8 }), withGenerator({ cpuShare: 0.81 })],
  ['offer', withMessages({ offered: 1_005 }), withMessages({ offered: 1_006 })],
  ['balance', withMessages({ answered: 990, dropped: 10 }), withMessages({ answered: 990, dropped: 9 })],
  ['waiting', { ...quiet, waitingShare: 0.05 }, { ...quiet, waitingShare: 0.051 }],
  ['troubles', withMessages({ troubles: 0 }), withMessages({ troubles: 1 })],
];

test.each(edges)('disturbances() finds %s just beyond the limit', (name, within, beyond) => {
  expect(disturbances(within, 'open', defaultGuards)).toEqual([]);
  expect(disturbances(beyond, 'open', defaultGuards)).toEqual([name]);
});

test('disturbances() lets the generator be late and busy while the work is fixed', () => {
  const busy = withGenerator({ latenessMaxMs: 900, latenessP99Ms: 900, cpuShare: 1 });
  expect(
    disturbances({ ...busy, messages: { ...busy.messages, offered: 9_000 } }, 'fixed', defaultGuards),
  ).toEqual([]);
});

test('disturbances() wants a hundred steps of the clock in fixed work', () => {
  const coarse = { ...quiet, server: { ...quiet.server, cpuMicros: 990_000, cpuStepMicros: 10_000 } };
  expect(disturbances(coarse, 'fixed', defaultGuards)).toEqual(['resolution']);
  expect(disturbances(coarse, 'open', defaultGuards)).toEqual([]);
});

test('disturbances() takes a lost message for a finding, not for a disturbance', () => {
  expect(disturbances(aWindow({ lost: 3 }), 'fixed', defaultGuards)).toEqual([]);
});

function withGenerator(changes: Partial<Window['generator']>): Window {
  return { ...quiet, generator: { ...quiet.generator, ...changes } };
}

function withMessages(changes: Partial<Window['messages']>): Window {
  return { ...quiet, messages: { ...quiet.messages, ...changes } };
}
