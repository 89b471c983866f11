import { defineScenario } from '../loadgen/index.ts';

/** Rooms for two, as wherever people talk in private: 10,000 channels, of which hardly any has a third listener. */
export const scenario = defineScenario({
  name: 'many-channels',
  question: 'Do 10,000 small channels cost more than a few large ones?',
  users: 2_000,
  ramp: 500,
  duration: 20,
  behaviour: {
    kind: 'channels',
    channels: 10_000,
    subscriptions: 10,
    publishers: 0.5,
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
