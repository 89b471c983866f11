/** What each host of the target carried and cost, of a target that has several. */
import { compareNames, megabytes, type Second } from '../second.ts';
import type { ServerSummary, WorkerSummary } from '../summary.ts';

/** What is known of them, in the measured phases. */
export interface ServersTold {
  workers: readonly WorkerSummary[];
  seconds: readonly Second[];
}

/** Sums up each host; nothing of a target that has one, or names none. */
export function serversOf({ workers, seconds }: ServersTold): ServerSummary[] | undefined {
  const processes = seconds.flatMap(({ probe }) => probe?.processes ?? []);
  const named = [...workers.map(({ id }) => hostOf(id)), ...processes.map(({ host }) => host)];
  const names = [...new Set(named.flatMap((name) => name ?? []))].sort(compareNames);
  return names.length < 2 ? undefined : names.map((name) => serverOf(name, { workers, seconds }));
}

function serverOf(name: string, { workers, seconds }: ServersTold): ServerSummary {
  const own = workers.filter(({ id }) => hostOf(id) === name);
  const looks = seconds
    .map(({ probe }) => probe?.processes.filter(({ host }) => host === name) ?? [])
    .filter((processes) => processes.length > 0);
  const cores = looks.map((processes) => sum(processes.map(({ cpuCores }) => cpuCores)));
  const memory = looks.map((processes) => megabytes(sum(processes.map(({ rssBytes }) => rssBytes))));
  return {
    id: name,
    workers: own.length,
    connections: sum(own.map(({ connections }) => connections)),
    messagesPerSecond: sum(own.map(({ messagesPerSecond }) => messagesPerSecond)),
    cpuCores: looks.length === 0 ? null : sum(cores) / looks.length,
    rssMB: looks.length === 0 ? null : Math.max(...memory),
  };
}

/** The host in the name of a worker. */
function hostOf(worker: string): string | undefined {
  const end = worker.lastIndexOf('/');
  return end < 0 ? undefined : worker.slice(0, end);
}

function sum(values: readonly number[]): number {
  return values.reduce((so, value) => so + value, 0);
}
