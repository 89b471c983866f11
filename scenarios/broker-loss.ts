import { defineScenario } from '../loadgen/index.ts';

/**
 * One broker dies, later the other one stands still for a while. Users stay connected; what is published while a
 * broker is gone may be lost, what is published while it stands still comes late, and nothing comes twice.
 */
export const scenario = defineScenario({
  name: 'broker-loss',
  question: 'What do subscribers miss when a broker dies, and when one stands still?',
  users: 1_000,
  ramp: 500,
  phases: [
    { name: 'before', duration: 10, rules: ['messages.pushLost == 0', 'latencyMs.push.p99 < 250'] },
    {
      name: 'death',
      duration: 10,
      rules: ['messages.pushLost <= 1.2 * messages.pushesPerSecond', 'latencyMs.push.p50 < 50'],
    },
    { name: 'standstill', duration: 15, rules: ['messages.pushLost == 0'] },
    { name: 'after', duration: 10, rules: ['messages.pushLost == 0', 'latencyMs.push.p99 < 250'] },
  ],
  behaviour: {
    kind: 'channels',
    channels: 100,
    subscriptions: 4,
    publishers: 0.2,
    every: 2,
    payloadBytes: 64,
  },
  target: { workers: 2, brokers: 2, controller: './controllers/channels.js' },
  faults: [
    { at: 11, do: 'kill', role: 'broker', id: 0 },
    { at: 21, do: 'stop', role: 'broker', id: 1, for: 5 },
  ],
  rules: [
    'users.failed == 0',
    'users.dropped == 0',
    'messages.pushDuplicated == 0',
    'messages.pushReordered == 0',
    'schedule.ratio >= 0.99',
  ],
});
