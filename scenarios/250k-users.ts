import { defineScenario } from '../loadgen/index.ts';

/** A city on one small machine: 2,000 arrive each second, and each says something every 30 s. */
export const scenario = defineScenario({
  name: '250k-users',
  question: 'Can two cores and 5 GB hold 250,000 users, load included?',
  users: 250_000,
  // Code that has just started is slow: gates that open wide at once make a queue that outlasts the patience of users.
  ramp: [
    { users: 20_000, rate: [200, 2_000] },
    { users: 230_000, rate: 2_000 },
  ],
  settle: 10,
  duration: 60,
  behaviour: {
    kind: 'ping-pong',
    payload: { message: 'This is a PING message', sentBy: 'virtual user' },
    every: 30,
  },
  target: {
    workers: 14,
    brokers: 1,
    controller: './controllers/ping-pong.js',
    // A ping every 8 s would be four times what the users say.
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
    'target.rssMB < 2500',
    'generator.rssMB < 2500',
    'latencyMs.response.p99 < 250',
  ],
});
