import { defineScenario } from '../loadgen/index.ts';

/** The demonstration that `npm run bench` gives without arguments: the 42k-users job, small and short. */
export const scenario = defineScenario({
  name: 'ping-pong',
  question: 'How fast does a small cluster answer a small crowd?',
  users: 2_000,
  ramp: 500,
  duration: 20,
  behaviour: {
    kind: 'ping-pong',
    payload: { message: 'This is a PING message', sentBy: 'virtual user' },
    every: 2,
  },
  target: { workers: 2, brokers: 1, controller: './controllers/ping-pong.js' },
  rules: [
    'users.failed == 0',
    'users.dropped == 0',
    'messages.lost == 0',
    'messages.timedOut == 0',
    'schedule.ratio >= 0.99',
    'latencyMs.response.p99 < 250',
  ],
});
