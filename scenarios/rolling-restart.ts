import { defineScenario } from '../loadgen/index.ts';

/**
 * A new version goes live under load: the workers are replaced one after the other. Nobody is refused or cut off: each
 * user is asked once or more to go elsewhere, by a close with 1001, and is back in a few seconds. A ping is lost only
 * when it crosses that request: on a quiet machine hardly any, and never that of one user in a hundred.
 */
export const scenario = defineScenario({
  name: 'rolling-restart',
  question: 'What do users feel while all workers are replaced, one after the other?',
  users: 3_000,
  ramp: 600,
  reconnects: { initial: 0.5, randomness: 1, multiplier: 1.5, most: 6 },
  phases: [
    { name: 'before', duration: 10, rules: ['users.dropped == 0', 'messages.lost == 0'] },
    {
      name: 'roll',
      duration: 25,
      rules: ['schedule.ratio >= 0.9', 'messages.lost <= 0.02 * schedule.perSecond'],
    },
    {
      name: 'after',
      duration: 10,
      // All are back: no turn finds its user without a connection.
      rules: ['users.dropped == 0', 'schedule.ratio >= 0.99', 'messages.lost == 0', 'messages.unsent == 0'],
    },
  ],
  behaviour: { kind: 'ping-pong', payload: { message: 'Still there?' }, every: 2 },
  target: { workers: 3, brokers: 1, controller: './controllers/ping-pong.js' },
  faults: [{ at: 11, do: 'roll' }],
  rules: [
    'users.failed == 0',
    'users.returned > 0',
    'users.dropped.close-1001 > 0',
    'users.dropped.ended == 0',
    'users.dropped.reset == 0',
    'messages.timedOut == 0',
    'latencyMs.response.p99 < 250',
    // Each waits 1.5 s at most before it comes back.
    'latencyMs.recovery.max < 5s',
  ],
});
