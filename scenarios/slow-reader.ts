import { type Behaviour, defineScenario } from '../loadgen/index.ts';

/** 36 publications of 12 KB a second go to each of four rooms: more in 12 s than kernels keep for a connection. */
const ROOM: Behaviour = {
  kind: 'channels',
  channels: 4,
  subscriptions: 1,
  publishers: 0.4,
  every: 0.5,
  payloadBytes: 12_000,
};

/**
 * One user of ten only listens, and stops reading for 12 s now and then. What it misses waits, at first in the kernels,
 * then in its worker; at the worker's limit, here a quarter of the default, it is cut off and has to come back.
 */
export const scenario = defineScenario({
  name: 'slow-reader',
  question: 'Do users behind a bad line hold up those behind a good one?',
  users: 200,
  ramp: 100,
  duration: 40,
  groups: [
    { name: 'quick', weight: 9, behaviour: ROOM },
    {
      name: 'slow',
      weight: 1,
      behaviour: { ...ROOM, channelsOf: 'quick', publishers: 0 },
      stalls: { every: 15, for: { mean: 12, shape: 'constant' } },
      reconnects: { initial: 0.5, randomness: 1, multiplier: 1.5, most: 6 },
    },
  ],
  target: {
    workers: 2,
    brokers: 1,
    controller: './controllers/channels.js',
    options: { outboundSoftLimit: 65_536, outboundHardLimit: 262_144 },
  },
  rules: [
    'users.failed == 0',
    // The limit is reached, for which fewer users take a higher --rate; and nobody is cut off but the one of ten
    // who stalls, each about twice.
    'users.dropped.close-4100 > 0',
    'users.dropped <= 0.3 * users.target',
    'messages.pushDuplicated == 0',
    'messages.pushReordered == 0',
    // Nine of ten in a room have a good line: they hear as soon as if they were alone.
    'fanoutMs.median.p99 < 250',
    'latencyMs.push.p50 < 50',
    'target.rssMB < 500',
  ],
});
