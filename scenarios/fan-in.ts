import { defineScenario } from '../loadgen/index.ts';

/** All speak, few listen: sensors and their dashboards. */
export const scenario = defineScenario({
  name: 'fan-in',
  question: 'Do a few listeners hear everything that 2,000 users say?',
  users: 2_000,
  ramp: 500,
  duration: 20,
  behaviour: {
    kind: 'channels',
    channels: 4,
    subscriptions: 4,
    subscribers: 0.002,
    publishers: 1,
    publishTo: 'any',
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
