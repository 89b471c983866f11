import { defineScenario } from '../loadgen/index.ts';

/**
 * All workers die at once, and all users stand before the door. Their back-off is that of the stock client, with
 * every wait a tenth as long, so that the storm is ten times as dense.
 */
export const scenario = defineScenario({
  name: 'reconnect-storm',
  question: 'How soon is everybody back when all connections break at once?',
  users: 5_000,
  ramp: 1_000,
  reconnects: { initial: 1, randomness: 1, multiplier: 1.5, most: 6 },
  phases: [
    { name: 'calm', duration: 10, rules: ['users.dropped == 0', 'messages.timedOut == 0'] },
    { name: 'storm', duration: 20, rules: ['messages.lost <= 0.45 * schedule.perSecond'] },
    {
      name: 'after',
      duration: 10,
      rules: ['users.dropped == 0', 'schedule.ratio >= 0.99', 'messages.lost == 0'],
    },
  ],
  behaviour: { kind: 'ping-pong', payload: { message: 'Am I back?' }, every: 5 },
  target: { workers: 2, brokers: 1, controller: './controllers/ping-pong.js' },
  faults: [{ at: 11, do: 'kill', role: 'worker' }],
  rules: [
    'users.returned > 0',
    'messages.timedOut == 0',
    'messages.duplicated == 0',
    // 2 s of back-off at most for the first attempt, 3 s for the second, and the time workers take to be there again.
    'latencyMs.recovery.p50 < 10s',
    'latencyMs.recovery.max < 20s',
  ],
});
