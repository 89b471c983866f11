/**
 * Run it with: npx scbench run --scenario NAME.mjs
 * Every user calls a procedure, reads the response, thinks for a while and calls again.
 *
 * @type {import('socketcluster-bench/loadgen').Scenario}
 */
export const scenario = {
  name: 'NAME',
  question: 'How long does a procedure take while 500 users call it?',
  users: 500,
  ramp: 250, // users that arrive per second
  duration: 20, // seconds with all users there
  behaviour: {
    kind: 'calls',
    event: 'add',
    payload: { a: 1, b: 2 },
    every: { mean: 2, shape: 'exponential' },
    model: 'closed',
  },
  target: { workers: 2, brokers: 1, controller: './NAME-controller.mjs' },
  rules: ['users.failed == 0', 'messages.errors == 0', 'latencyMs.response.p99 < 250'],
};
