/**
 * Run it with: npx scbench run --scenario NAME.mjs
 * Users listen to a few channels each; a quarter of them publishes. Every delivery is checked.
 *
 * @type {import('socketcluster-bench/loadgen').Scenario}
 */
export const scenario = {
  name: 'NAME',
  question: 'How long does a publication take to reach its subscribers?',
  users: 500,
  ramp: 250, // users that arrive per second
  duration: 20, // seconds with all users there
  behaviour: { kind: 'channels', channels: 100, subscriptions: 2, publishers: 0.25, every: 1 },
  target: { workers: 2, brokers: 1, controller: './NAME-controller.mjs' },
  rules: ['users.failed == 0', 'messages.pushLost == 0', 'latencyMs.push.p99 < 250'],
};
