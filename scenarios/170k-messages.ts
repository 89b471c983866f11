import { defineScenario } from '../loadgen/index.ts';

/**
 * The first benchmark of 2014: one client more every second, up to 100 of them, each sending 1,700 pings a second
 * with a JSON object and getting as many pongs with the number of pings its worker has seen.
 */
export const scenario = defineScenario({
  name: '170k-messages',
  question: 'Can two cores, load included, answer the 170,000 pings a second that took 8 cores in 2014?',
  users: 100,
  ramp: 1,
  duration: 30,
  behaviour: {
    kind: 'ping-pong',
    payload: { message: 'This is a PING message', sentBy: 'virtual user' },
    every: 1 / 1_700,
  },
  target: { workers: 1, brokers: 1, controller: './controllers/ping-pong.js' },
  rules: [
    'users.failed == 0',
    'users.dropped == 0',
    'messages.lost == 0',
    'messages.timedOut == 0',
    'messages.duplicated == 0',
    'messages.reordered == 0',
    'schedule.ratio >= 0.99',
    'schedule.ratio <= 1.01',
    'latencyMs.response.p99 < 1s',
  ],
});
