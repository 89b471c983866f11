import { defineScenario } from '../loadgen/index.ts';

/**
 * The second benchmark of 2014: 42,000 users arrive 160 a second, each sends a ping with a JSON object
 * every 6 seconds on average and gets a pong with the number of pings its worker has seen.
 */
export const scenario = defineScenario({
  name: '42k-users',
  question: 'Can two cores carry the 42,000 users that took 40 cores in 2014?',
  users: 42_000,
  ramp: 160,
  duration: 60,
  behaviour: {
    kind: 'ping-pong',
    payload: { message: 'This is a PING message', sentBy: 'virtual user' },
    every: 6,
  },
  target: {
    workers: 3,
    brokers: 1,
    controller: './controllers/ping-pong.js',
    // Heartbeat of SocketCluster 0.9.90, the version that was measured then.
    options: { pingInterval: 25_000, pingTimeout: 60_000 },
  },
  rules: [
    'users.failed == 0',
    'users.dropped == 0',
    'messages.lost == 0',
    'messages.timedOut == 0',
    'messages.duplicated == 0',
    'messages.reordered == 0',
    'schedule.ratio >= 0.99',
    'schedule.ratio <= 1.01',
    'balance.connections <= 1.05',
    'latencyMs.response.p99 < 250',
  ],
});
