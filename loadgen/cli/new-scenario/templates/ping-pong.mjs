/**
 * Run it with: npx scbench run --scenario NAME.mjs
 * Every user sends an event now and then and waits for the server's answer.
 *
 * @type {import('socketcluster-bench/loadgen').Scenario}
 */
export const scenario = {
  name: 'NAME',
  question: 'How fast is a ping answered?',
  users: 500,
  ramp: 250, // users that arrive per second
  duration: 20, // seconds with all users there
  behaviour: { kind: 'ping-pong', payload: { message: 'hello' }, every: 2 },
  target: { workers: 2, brokers: 1, controller: './NAME-controller.mjs' },
  rules: ['users.failed == 0', 'messages.lost == 0', 'latencyMs.response.p99 < 250'],
};
