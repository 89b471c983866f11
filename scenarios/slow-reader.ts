import { type Behaviour, defineScenario } from '../loadgen/index.ts';

/** What all do, whatever their line: 20 publications of 2 KB a second go to each of ten rooms. */
const ROOM: Behaviour = {
  kind: 'channels',
  channels: 10,
  subscriptions: 1,
  publishers: 0.1,
  every: 0.5,
  payloadBytes: 2_000,
};

/** One user of twenty stops reading for 5 s every now and then; what it misses has to wait somewhere. */
export const scenario = defineScenario({
  name: 'slow-reader',
  question: 'Do users behind a bad line hold up those behind a good one?',
  users: 1_000,
  ramp: 500,
  duration: 30,
  groups: [
    { name: 'quick', weight: 19, behaviour: ROOM },
    { name: 'slow', weight: 1, behaviour: ROOM, stalls: { every: 15, for: 5 } },
  ],
  target: { workers: 2, brokers: 1, controller: './controllers/channels.js' },
  rules: [
    'users.failed == 0',
    'users.dropped == 0',
    'messages.pushLost == 0',
    'messages.pushReordered == 0',
    // Those who stall wait by their own doing: 1 in 20 users, a quarter of the time.
    'latencyMs.push.p90 < 100',
    'target.rssMB < 800',
  ],
});
