/**
 * Run it with: npx scbench run --scenario NAME.mjs
 * A few rooms are crowded and many are not; most people only read. Some leave and come back.
 *
 * @type {import('socketcluster-bench/loadgen').Scenario}
 */
export const scenario = {
  name: 'NAME',
  question: 'Do messages reach a crowded room while people come and go?',
  users: 500,
  ramp: 250, // users that arrive per second
  duration: 20, // seconds with all users there
  groups: [
    {
      name: 'talkers',
      weight: 1,
      behaviour: {
        kind: 'channels',
        channels: 50,
        subscriptions: 1,
        publishers: 1,
        popularity: { zipf: 1 },
        every: { mean: 5, shape: 'exponential' },
      },
    },
    {
      name: 'readers',
      weight: 4,
      behaviour: {
        kind: 'channels',
        channels: 50,
        subscriptions: 2,
        publishers: 0,
        popularity: { zipf: 1 },
        every: 5,
      },
      stays: { mean: 10, shape: 'exponential' },
      returns: 2,
    },
  ],
  target: { workers: 2, brokers: 1, controller: './NAME-controller.mjs' },
  rules: ['users.failed == 0', 'messages.pushLost == 0', 'latencyMs.push.p99 < 250'],
};
