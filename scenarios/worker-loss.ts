import { defineScenario } from '../loadgen/index.ts';

/** A third of all users lose their connection at once. The others are not to notice. */
export const scenario = defineScenario({
  name: 'worker-loss',
  question: 'What do users feel when one worker of three dies?',
  users: 3_000,
  ramp: 600,
  reconnects: { initial: 1, randomness: 2, multiplier: 1.5, most: 6 },
  phases: [
    { name: 'before', duration: 10, rules: ['users.dropped == 0', 'messages.lost == 0'] },
    {
      name: 'loss',
      duration: 15,
      rules: ['schedule.ratio >= 0.9', 'messages.lost <= 0.06 * schedule.perSecond'],
    },
    {
      name: 'after',
      duration: 10,
      rules: ['users.dropped == 0', 'schedule.ratio >= 0.99', 'messages.lost == 0'],
    },
  ],
  behaviour: { kind: 'ping-pong', payload: { message: 'Still there?' }, every: 2 },
  target: { workers: 3, brokers: 1, controller: './controllers/ping-pong.js' },
  faults: [{ at: 11, do: 'kill', role: 'worker', id: 1 }],
  rules: [
    'users.returned > 0',
    'messages.timedOut == 0',
    'messages.duplicated == 0',
    'messages.reordered == 0',
    'latencyMs.response.p99 < 250',
    'latencyMs.recovery.p99 < 10s',
  ],
});
