import { defineScenario } from '../loadgen/index.ts';

/** People drop in for a moment, tell their room so, look now and then who is there, and are gone again. */
export const scenario = defineScenario({
  name: 'presence',
  question: 'What do users feel when 100 a second leave and come back?',
  users: 2_000,
  ramp: 500,
  duration: 30,
  behaviour: { kind: 'custom', file: './behaviours/presence.js', options: { rooms: 200, every: 5 } },
  stays: { mean: 15, shape: 'exponential' },
  returns: { mean: 3, shape: 'exponential' },
  target: { workers: 2, brokers: 1, controller: './controllers/presence.js' },
  rules: [
    'users.failed == 0',
    'users.dropped == 0',
    'users.returned > 0',
    'messages.errors == 0',
    'messages.timedOut == 0',
    'messages.pushed > 0',
    'phases.steady.latencyMs.connect.p99 < 1s',
    'latencyMs.response.p99 < 250',
  ],
});
