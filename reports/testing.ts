/** Runs for the tests of reports. Never imported by anything else. */
import { type Run, type Summary, toRun } from '../loadgen/results/index.ts';
import { syntheticRun } from '../loadgen/testing.ts';

const run = toRun(syntheticRun({ users: 60, workers: 2, seconds: 20 }));

/** Returns a healthy ping-pong run of 60 users and 2 workers, 40 seconds long. It may be changed at will. */
export function healthyRun(): Run {
  return structuredClone(run);
}

/** Puts a balancer into a run, as its probes would have seen it. */
export function withBalancer(run: Run): void {
  const pid = 4_000;
  run.summary.balancers = [{ id: 0, pid, cpuCores: 0.1, rssMB: 60, messagesPerSecond: 0 }];
  for (const { probe } of run.timeline) {
    const broker = probe?.processes.find(({ role }) => role === 'broker');
    if (broker !== undefined) probe?.processes.push({ ...broker, role: 'balancer', id: 0, pid });
  }
}

/** Returns its summary. */
export function healthySummary(): Summary {
  return healthyRun().summary;
}

/** What is known of a target that tells nothing of itself. */
export const silentTarget: Summary['target'] = {
  cpuCores: null,
  rssMB: null,
  rssSlopeMBPerHour: null,
  rssGrowthMB: null,
  cpuMicrosPerMessage: null,
};

/** Returns the summary of the same run as if its users had published instead of pinging. */
export function channelsSummary(): Summary {
  const summary = healthySummary();
  const { response, service: _, ...times } = summary.latencyMs;
  const messages = {
    ...summary.messages,
    sent: 0,
    received: 0,
    perSecond: 0,
    published: 40,
    pushed: 4_000,
    subscribed: 100,
    pushesPerSecond: 200,
  };
  if (response === undefined) throw new TypeError('Cannot take times of a run without answers');
  const fanoutMs = { first: response, median: response, last: response };
  const workers = summary.workers.map(({ response: own, ...worker }) => ({
    ...worker,
    ...(own && { push: own }),
  }));
  return { ...summary, messages, workers, latencyMs: { ...times, push: response }, fanoutMs };
}

/** Returns the summary of the same run as if it had two measured phases, `calm` and `storm`. */
export function phasedSummary(): Summary {
  const summary = healthySummary();
  const phases = summary.phases.flatMap((phase) =>
    phase.measured ? ['calm', 'storm'].map((id) => ({ ...phase, id })) : [phase],
  );
  return { ...summary, phases };
}
