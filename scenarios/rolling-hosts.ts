import { defineScenario } from '../loadgen/index.ts';

/**
 * A new version goes live on two hosts under load: each is drained and started again, one after the other. Users are
 * sent away evenly, no faster than the limit, and go to the other host at once; nobody is refused or cut off. In the end
 * all are on the first host, because nobody moves them back.
 */
export const scenario = defineScenario({
  name: 'rolling-hosts',
  question: 'What do users feel while two hosts are drained and started again, one after the other?',
  users: 5_000,
  ramp: 1_000,
  reconnects: { initial: 0.2, randomness: 0.5, multiplier: 1.5, most: 3 },
  phases: [
    { name: 'before', duration: 8, rules: ['users.dropped == 0', 'messages.lost == 0'] },
    {
      name: 'roll',
      duration: 36,
      rules: ['schedule.ratio >= 0.95', 'messages.lost <= 0.02 * schedule.perSecond'],
    },
    {
      name: 'after',
      duration: 8,
      // All are back: no turn finds its user without a connection.
      rules: ['users.dropped == 0', 'schedule.ratio >= 0.99', 'messages.lost == 0', 'messages.unsent == 0'],
    },
  ],
  behaviour: { kind: 'ping-pong', payload: { message: 'Still there?' }, every: 5 },
  target: {
    hosts: 2,
    workers: 2,
    brokers: 1,
    controller: './controllers/ping-pong.js',
    options: { drainWindow: 5_000, drainLimit: 1_000 },
  },
  faults: [{ at: 8, do: 'drain' }],
  rules: [
    'users.failed == 0',
    'users.returned > 0',
    'users.dropped.close-1001 > 0',
    'users.dropped.ended == 0',
    'users.dropped.reset == 0',
    'messages.timedOut == 0',
    // Nobody is away for longer than the window and a second.
    'latencyMs.recovery.max < 6s',
  ],
});
