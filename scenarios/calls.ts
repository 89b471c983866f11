import { defineScenario } from '../loadgen/index.ts';

/** People who read the answer before they ask again, most of them soon and some after a long while. */
export const scenario = defineScenario({
  name: 'calls',
  question: 'How fast is a remote procedure, when each user waits for its answer and thinks about it?',
  users: 2_000,
  ramp: 500,
  duration: 20,
  behaviour: {
    kind: 'calls',
    event: 'add',
    payload: { a: 19, b: 23 },
    model: 'closed',
    every: { mean: 2, shape: 'lognormal' },
  },
  target: { workers: 2, brokers: 1, controller: './controllers/calls.js' },
  rules: [
    'users.failed == 0',
    'users.dropped == 0',
    'messages.errors == 0',
    'messages.lost == 0',
    'messages.timedOut == 0',
    'latencyMs.response.p99 < 250',
  ],
});
