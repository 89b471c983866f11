import { defineScenario } from '../loadgen/index.ts';

/**
 * Half an hour of coming and going. What is not given back shows in the memory that is left after each collection, and
 * best in the whole of the time: a server that has just filled up grows for some minutes.
 */
export const scenario = defineScenario({
  name: 'soak',
  question: 'Is anything left behind by users who come and go for half an hour?',
  users: 2_000,
  ramp: 100,
  groups: [
    {
      name: 'askers',
      weight: 3,
      behaviour: { kind: 'ping-pong', payload: { message: 'ping' }, every: 5 },
      stays: { mean: 60, shape: 'exponential' },
      returns: { mean: 5, shape: 'exponential' },
    },
    {
      name: 'members',
      weight: 1,
      behaviour: { kind: 'channels', channels: 200, subscriptions: 3, publishers: 0.1, every: 5 },
      stays: { mean: 120, shape: 'exponential' },
      returns: { mean: 5, shape: 'exponential' },
    },
  ],
  phases: [
    { name: 'warm', duration: 300, measured: false },
    { name: 'first', duration: 500 },
    { name: 'second', duration: 500 },
    { name: 'third', duration: 500, rules: ['latencyMs.response.p99 < 250'] },
  ],
  target: { workers: 2, brokers: 1, controller: './controllers/ping-pong.js' },
  rules: [
    'users.failed == 0',
    'users.dropped == 0',
    'messages.lost == 0',
    'messages.timedOut == 0',
    'messages.duplicated == 0',
    'messages.reordered == 0',
    'messages.pushLost == 0',
    'messages.pushDuplicated == 0',
    'users.returned > 0',
    // Fuller by no more than 15 MB after the 25 minutes that are measured, as it stood, and for certain.
    'target.rssSlopeMBPerHour < 36',
    'target.rssGrowthMB.low < 15',
    'workers.*.rssMB < 200',
    { rule: 'target.rssMB < 800', abort: true, grace: 60 },
  ],
});
