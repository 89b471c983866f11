import { defineScenario } from '../loadgen/index.ts';

/** One speaks, all listen: a score, a price, a headline. */
export const scenario = defineScenario({
  name: 'fan-out',
  question: 'How much later than the first does the last of 2,000 listeners hear?',
  users: 2_000,
  ramp: 500,
  duration: 20,
  behaviour: {
    kind: 'channels',
    channels: 1,
    subscriptions: 1,
    publishers: 0.0005,
    every: { mean: 0.1, shape: 'constant' },
    payloadBytes: 256,
  },
  target: { workers: 2, brokers: 1, controller: './controllers/channels.js' },
  rules: [
    'users.failed == 0',
    'users.dropped == 0',
    'messages.pushLost == 0',
    'messages.pushDuplicated == 0',
    'messages.pushReordered == 0',
    'schedule.ratio >= 0.99',
    'fanoutMs.first.p99 < 100',
    'fanoutMs.last.p99 < 250',
  ],
});
