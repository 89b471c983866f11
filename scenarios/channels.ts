import { defineScenario } from '../loadgen/index.ts';

/** Many channels with some listeners each: every publication crosses a broker and reaches several workers. */
export const scenario = defineScenario({
  name: 'channels',
  question: 'How long does a publication take to reach the subscribers of its channel?',
  users: 2_000,
  ramp: 500,
  duration: 20,
  behaviour: {
    kind: 'channels',
    channels: 400,
    subscriptions: 2,
    publishers: 0.25,
    every: 1,
    payloadBytes: 64,
  },
  target: { workers: 2, brokers: 2, controller: './controllers/channels.js' },
  rules: [
    'users.failed == 0',
    'users.dropped == 0',
    'messages.pushLost == 0',
    'messages.pushDuplicated == 0',
    'messages.pushReordered == 0',
    'schedule.ratio >= 0.99',
    'latencyMs.push.p99 < 250',
  ],
});
