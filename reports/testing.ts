/** Runs for the tests of reports. Never imported by anything else. */
import { type Run, type Summary, toRun } from '../loadgen/results/index.ts';
import { syntheticRun } from '../loadgen/testing.ts';

const run = toRun(syntheticRun({ users: 60, workers: 2, seconds: 20 }));

/** Returns a healthy ping-pong run of 60 users and 2 workers, 40 seconds long. It may be changed at will. */
export function healthyRun(): Run {
  return structuredClone(run);
}

/** Returns its summary. */
export function healthySummary(): Summary {
  return healthyRun().summary;
}

/** Returns the summary of the same run as if its users had published instead of pinging. */
export function channelsSummary(): Summary {
  const summary = healthySummary();
  const { response } = summary.latencyMs;
  Object.assign(summary.messages, {
    sent: 0,
    received: 0,
    perSecond: 0,
    published: 40,
    pushed: 4_000,
    pushesPerSecond: 200,
  });
  return { ...summary, latencyMs: { ...summary.latencyMs, push: response } };
}
