/**
 * Run it with: npx scbench run --scenario NAME.mjs
 * What users do is a function of your own, in NAME-behaviour.mjs.
 *
 * @type {import('socketcluster-bench/loadgen').Scenario}
 */
export const scenario = {
  name: 'NAME',
  question: 'How does the server take what my users really do?',
  users: 200,
  ramp: 100, // users that arrive per second
  duration: 20, // seconds with all users there
  behaviour: { kind: 'custom', file: './NAME-behaviour.mjs', options: { room: 'lobby' } },
  target: { workers: 2, brokers: 1, controller: './NAME-controller.mjs' },
  rules: ['users.failed == 0', 'messages.errors == 0', 'latencyMs.response.p99 < 250'],
};
