import { defineScenario } from '../loadgen/index.ts';

/** A whole stadium on one small machine: all are there within two minutes, and each says something every 10 s. */
export const scenario = defineScenario({
  name: '100k-users',
  question: 'Can two cores hold 100,000 users, load included?',
  users: 100_000,
  // Code that has just started is slow: gates that open wide at once make a queue that outlasts the patience of users.
  ramp: [
    { users: 12_000, rate: [200, 1_000] },
    { users: 88_000, rate: 1_000 },
  ],
  settle: 10,
  duration: 60,
  behaviour: {
    kind: 'ping-pong',
    payload: { message: 'This is a PING message', sentBy: 'virtual user' },
    every: 10,
  },
  target: {
    workers: 6,
    brokers: 1,
    controller: './controllers/ping-pong.js',
    // Heartbeat of SocketCluster 0.9.90: a ping every 8 s would be more than the users say.
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
    'balance.connections <= 1.05',
    'latencyMs.response.p99 < 250',
  ],
});
