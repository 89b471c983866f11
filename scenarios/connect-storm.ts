import { defineScenario } from '../loadgen/index.ts';

/** The doors open: everybody comes at once, independently of each other, and few have anything to say yet. */
export const scenario = defineScenario({
  name: 'connect-storm',
  question: 'How long do users wait for their handshake when 2,000 a second come?',
  users: 10_000,
  ramp: 2_000,
  arrivals: 'poisson',
  duration: 15,
  behaviour: { kind: 'ping-pong', payload: { message: 'Am I in?' }, every: 10 },
  target: { workers: 2, brokers: 1, controller: './controllers/ping-pong.js' },
  rules: [
    'users.failed == 0',
    'users.dropped == 0',
    'messages.timedOut == 0',
    'balance.connections <= 1.1',
    'latencyMs.connect.p99 < 1s',
  ],
});
