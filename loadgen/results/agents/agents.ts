/** What each host that held users did and cost, and how far its clock can be trusted. */
import type { AgentSummary, GeneratorSummary } from '../generator/index.ts';
import type { Histogram } from '../histogram.ts';
import type { AgentFacts, Final } from '../record/index.ts';
import type { LoadSecond, Second } from '../second.ts';

/** What is known of them. */
export interface AgentsTold {
  agents: readonly AgentFacts[];
  ending: Pick<Final, 'clockErrorsMs' | 'startLateMs'>;
  /** Of the measured phases. */
  seconds: readonly Second[];
  /** Of the measured phases, by agent. */
  lateness: ReadonlyMap<string, Histogram>;
}

const MICROSECONDS_PER_MS = 1_000;
const P99 = 0.99;

/** Sums up each agent. */
export function agentsOf({ agents, ending, seconds, lateness }: AgentsTold): AgentSummary[] {
  return agents.map(({ name, processes, clock }, n) => {
    const own = seconds.map(({ generator }) =>
      generator.processes.filter(({ id }) => processes.includes(id)),
    );
    const late = lateness.get(name);
    const starts = processes.flatMap((process) => ending.startLateMs?.[process] ?? []);
    return {
      id: name,
      processes: processes.length,
      users: total(own.at(-1) ?? [], ({ users }) => users),
      cpuCores:
        own.reduce((sum, all) => sum + total(all, ({ cpuCores }) => cpuCores), 0) / Math.max(1, own.length),
      rssMB: Math.max(0, ...own.map((all) => total(all, ({ rssMB }) => rssMB))),
      ...(late !== undefined && { latenessP99Ms: late.quantile(P99) / MICROSECONDS_PER_MS }),
      ...(starts.length > 0 && { startLateMs: Math.max(...starts) }),
      clockOffsetMs: clock.offsetMs,
      clockErrorMs: ending.clockErrorsMs?.[n] ?? clock.errorMs,
    };
  });
}

/** How late load processes began; nothing when nobody told. */
export function startOf({ startLateMs = [] }: AgentsTold['ending']): GeneratorSummary['startLateMs'] {
  const sorted = startLateMs.filter((late) => late !== null).toSorted((one, other) => one - other);
  if (sorted.length === 0) return undefined;
  return { p99: sorted[Math.ceil(sorted.length * P99) - 1] ?? 0, max: sorted.at(-1) ?? 0 };
}

/**
 * How far off a time may be that begins by one host's clock and ends by another's, milliseconds; 0 when there are no two.
 */
export function crossingErrorMs(agents: readonly Pick<AgentSummary, 'clockErrorMs'>[]): number {
  const [most, second] = agents.map(({ clockErrorMs }) => clockErrorMs).toSorted((one, other) => other - one);
  return most === undefined || second === undefined ? 0 : most + second;
}

function total(processes: readonly LoadSecond[], of: (process: LoadSecond) => number): number {
  return processes.reduce((sum, process) => sum + of(process), 0);
}
