import { defineScenario } from '../loadgen/index.ts';

/** Pages and sockets from the same workers: requests must not hold up messages. */
export const scenario = defineScenario({
  name: 'http-and-sockets',
  question: 'Do messages wait while the same workers answer 500 HTTP requests a second?',
  users: 2_000,
  ramp: 500,
  duration: 20,
  behaviour: { kind: 'ping-pong', payload: { message: 'ping' }, every: 2 },
  http: { path: '/', rate: 500, connections: 20 },
  target: { workers: 2, brokers: 1, controller: './controllers/http-and-sockets.js' },
  rules: [
    'users.failed == 0',
    'users.dropped == 0',
    'messages.lost == 0',
    'messages.timedOut == 0',
    'schedule.ratio >= 0.99',
    'http.errors == 0',
    'http.perSecond >= 450',
    'http.latencyMs.p99 < 250',
    'latencyMs.response.p99 < 250',
  ],
});
