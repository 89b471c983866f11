import { defineScenario } from '../loadgen/index.ts';

/** Few rooms are full and most are nearly empty, as wherever people choose: the n-th is drawn by 1 / n. */
export const scenario = defineScenario({
  name: 'chat-rooms',
  question: 'Do people in a quiet room wait because another room is crowded?',
  users: 2_000,
  ramp: 500,
  duration: 30,
  behaviour: {
    kind: 'channels',
    channels: 500,
    subscriptions: 3,
    popularity: { zipf: 1 },
    publishers: 0.2,
    every: { mean: 8, shape: 'exponential' },
    payloadBytes: 128,
  },
  target: { workers: 2, brokers: 1, controller: './controllers/channels.js' },
  rules: [
    'users.failed == 0',
    'users.dropped == 0',
    'messages.pushLost == 0',
    'messages.pushDuplicated == 0',
    'messages.pushReordered == 0',
    'schedule.ratio >= 0.99',
    'latencyMs.push.p50 < 50',
    'latencyMs.push.p99 < 250',
  ],
});
