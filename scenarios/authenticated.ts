import { defineScenario } from '../loadgen/index.ts';

/** Secret that signs the users' tokens here and lets the target check them. */
const KEY = 'a secret that only this scenario and its target know';

/** Everybody comes with a token signed before: the price of a login is paid at each handshake. */
export const scenario = defineScenario({
  name: 'authenticated',
  question: 'What does it cost to let only users in who show a token?',
  users: 5_000,
  ramp: 1_000,
  duration: 20,
  behaviour: { kind: 'calls', event: 'whoami', payload: null, every: 5 },
  connect: { tokens: { key: KEY, claims: { team: 'bench' }, distinct: 1_000 } },
  target: { workers: 2, brokers: 1, controller: './controllers/authenticated.js', options: { authKey: KEY } },
  rules: [
    'users.failed == 0',
    'users.dropped == 0',
    'messages.errors == 0',
    'messages.lost == 0',
    'messages.timedOut == 0',
    'schedule.ratio >= 0.99',
    'latencyMs.connect.p99 < 1s',
    'latencyMs.response.p99 < 250',
  ],
});
