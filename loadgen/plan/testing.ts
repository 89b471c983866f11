/** Plans and statistics for the tests of the plan. */
import type { Group, Plan, PlannedBehaviour, PlannedGap } from './plan.ts';

type Of<Kind> = Extract<PlannedBehaviour, { kind: Kind }>;

/** A gap: by default from 3 to 9 s. */
export function gapOf(changes: Partial<PlannedGap> = {}): PlannedGap {
  return { mean: 6, shape: 'even', spread: 0.5, ...changes };
}

/** A ping every 6 s. */
export function pingPong(changes: Partial<Of<'ping-pong'>> = {}): Of<'ping-pong'> {
  const events = { event: 'ping', reply: 'pong', payload: null };
  return { kind: 'ping-pong', ...events, every: gapOf(), model: 'open', ...changes };
}

/** A hundred channels, three for each user; a tenth publishes every 2 s. */
export function channels(changes: Partial<Of<'channels'>> = {}): Of<'channels'> {
  return {
    kind: 'channels',
    channels: 100,
    subscriptions: 3,
    channelsOf: '',
    popularity: 'even',
    subscribers: 1,
    publishers: 0.1,
    publishTo: 'own',
    payloadBytes: 64,
    every: gapOf({ mean: 2 }),
    ...changes,
  };
}

/** A group without habits. */
export function groupOf(changes: Partial<Group> = {}): Group {
  const habits = { stays: null, returns: null, reconnects: null, stalls: null };
  return { name: 'all', users: 42_000, behaviour: pingPong(), ...habits, ...changes };
}

/** The plan of `42k-users`, or of whatever else is asked for; one group gets as many users as there are. */
export function planOf(changes: Partial<Plan> & { ramp?: number; behaviour?: PlannedBehaviour } = {}): Plan {
  const { ramp = 160, behaviour = pingPong(), ...rest } = changes;
  const users = rest.users ?? 42_000;
  const full = { from: 1, to: 1 };
  return {
    scenario: 's',
    seed: 1,
    users,
    arrivals: { shape: 'even', stages: [{ start: 0, users, rate: { from: ramp, to: ramp } }] },
    groups: [groupOf({ users, behaviour })],
    phases: [
      { name: 'ramp', start: 0, end: 263, measured: false, pace: full },
      { name: 'settle', start: 263, end: 268, measured: false, pace: full },
      { name: 'steady', start: 268, end: 328, measured: true, pace: full },
      { name: 'drain', start: 328, end: 338, measured: false, pace: { from: 0, to: 0 } },
    ],
    answerWithin: 10,
    ...rest,
  };
}

/** Numbers from 0 to below a count. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}

/** The arithmetic mean. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Kolmogorov–Smirnov: the largest distance between the distribution of samples and the one expected, in units
 * of `1 / √n`. Samples of that very distribution exceed 1.95 once in a thousand times.
 */
export function misfit(samples: readonly number[], expected: (value: number) => number): number {
  const sorted = samples.toSorted((one, other) => one - other);
  const distances = sorted.map((value, n) => {
    const share = expected(value);
    return Math.max(share - n / sorted.length, (n + 1) / sorted.length - share);
  });
  return distances.reduce((most, distance) => Math.max(most, distance), 0) * Math.sqrt(sorted.length);
}
