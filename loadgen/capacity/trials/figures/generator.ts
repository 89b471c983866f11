/** What the generator's proof is made from. */
import type { Header, Probe, ProbedProcess, Summary, Window } from '../../../results/index.ts';
import type { TrialCounts, TrialGenerator, TrialLoadProcess, TrialProcess } from '../trial-record.ts';
import type { TrialSpan } from './span.ts';
import type { Tally } from './tally.ts';

/** What its figures are read from. */
export interface GeneratorParts {
  readonly header: Header;
  readonly summary: Summary;
  readonly span: TrialSpan;
  /** Of the whole run. */
  readonly windows: readonly Window[];
  readonly tallies: readonly Tally[];
  /** Of the measured seconds. */
  readonly probes: readonly Probe[];
  readonly waiting: readonly number[];
  readonly counts: TrialCounts;
  readonly processes: readonly TrialProcess[];
  readonly portsPerAddress: number | undefined;
}

const MICROSECONDS = 1_000_000;

/** Seconds of a worker that tells nothing new: one may fall between two looks. */
const MOST_SILENT = 2;

/** Sums the generator up over the measured seconds. */
export function generatorOf(parts: GeneratorParts): TrialGenerator {
  const { header, portsPerAddress, probes, span, summary, tallies, waiting, windows } = parts;
  const processes = loadProcessesOf(parts);
  const used = Math.max(0, ...processes.map(({ sockets }) => sockets));
  const users = Math.max(0, ...openIn(windows).values());
  const { sourceAddresses } = header.generator;
  return {
    processes,
    latenessMs: summary.latencyMs.lateness?.p99 ?? null,
    achieved: achievedOf(span, tallies),
    inFlight: inFlightOf(waiting, measuredOf(tallies, span), span),
    sockets: { used, limit: header.host.fdLimit },
    ports:
      portsPerAddress === undefined
        ? null
        : { used: Math.ceil(users / Math.max(1, sourceAddresses)), limit: portsPerAddress },
    retransmits: probes.map(({ host }) => host.network?.segmentsRetransmitted ?? 0),
    listenOverflows: probes.map(({ host }) => host.network?.listenOverflows ?? 0),
    counts: bothCounts(parts),
  };
}

/** Processor time is told as a sum since the beginning: what lies between two windows was used between them. */
function loadProcessesOf({ header, span, summary, windows }: GeneratorParts): TrialLoadProcess[] {
  return Array.from({ length: header.generator.processes }, (_, id) => {
    const own = windows.filter(({ process, second }) => process === id && second < span.until);
    const measured = own.filter(({ second }) => second >= span.from);
    const before = own.findLast(({ second }) => second < span.from) ?? measured[0];
    const last = measured.at(-1);
    const elapsed = (last?.second ?? 0) - (before?.second ?? 0);
    const micros = (last?.load.cpuMicros ?? 0) - (before?.load.cpuMicros ?? 0);
    const told = summary.generator.processes.find((each) => each.id === id);
    return {
      id,
      cpuCores: elapsed > 0 ? micros / MICROSECONDS / elapsed : 0,
      loopDelayMs: told?.loopDelayMs?.p99 ?? null,
      sockets: Math.max(0, ...own.map(({ users }) => users.open)),
    };
  });
}

/** Turns of users that were not connected could not be kept, however able the generator was. */
function achievedOf({ from, planned }: TrialSpan, tallies: readonly Tally[]): number {
  const own = tallies.filter(({ second }) => second >= from);
  const sum = (read: (each: Tally) => number): number => own.reduce((so, each) => so + read(each), 0);
  const wanted = (planned ?? 0) - sum(({ unsent }) => unsent);
  return wanted > 0 ? sum(({ sent, published }) => sent + published) / wanted : 1;
}

function inFlightOf(
  waiting: readonly number[],
  measured: readonly Tally[],
  { from, until }: TrialSpan,
): TrialGenerator['inFlight'] {
  const count = Math.max(1, waiting.length);
  const mean = waiting.reduce((sum, each) => sum + each, 0) / count;
  const squares = waiting.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const answered = measured.reduce((sum, each) => sum + each.answered, 0);
  const waited = measured.reduce((sum, each) => sum + each.answered * each.serviceMeanMs, 0);
  return {
    mean,
    standardError: count > 1 ? Math.sqrt(squares / (count - 1) / count) : 0,
    perSecond: answered / (until - from),
    latencyMs: answered > 0 ? waited / answered : 0,
  };
}

/**
 * Null too where a worker was too busy to tell what it did: rates are no counts where seconds are missing.
 */
function bothCounts({ counts, probes, processes }: GeneratorParts): TrialGenerator['counts'] {
  const workers = processes.filter(({ role }) => role === 'worker');
  if (workers.length === 0 || fallsSilent(probes)) return null;
  const sum = (read: (worker: TrialProcess) => number): number =>
    workers.reduce((so, worker) => so + read(worker), 0) - counts.pings;
  return {
    toTarget: { generator: counts.inbound, server: sum(({ received }) => received) },
    toUsers: { generator: counts.deliveries, server: sum(({ sent }) => sent) },
    uncounted: counts.uncounted,
  };
}

/** Whether a worker told nothing new in two seconds. The last one is mostly not looked at, as the run is over. */
function fallsSilent(probes: readonly Probe[]): boolean {
  const workers = probes
    .slice(0, -1)
    .map(({ processes }) => processes.filter(({ role }) => role === 'worker'));
  const pids = new Set(workers.flat().map(({ pid }) => pid));
  return [...pids].some((pid) => {
    const told = workers.map((each) => each.find((worker) => worker.pid === pid));
    const silent = told.filter((look, second) => second > 0 && isRepeated(look, told[second - 1]));
    return silent.length >= MOST_SILENT;
  });
}

/** A processor never takes exactly as long as in the second before. */
function isRepeated(look: ProbedProcess | undefined, before: ProbedProcess | undefined): boolean {
  if (look === undefined) return true;
  return before !== undefined && look.cpuCores > 0 && look.cpuCores === before.cpuCores;
}

function measuredOf(tallies: readonly Tally[], { from, until }: TrialSpan): Tally[] {
  return tallies.filter(({ second }) => second >= from && second < until);
}

/** Open sockets of all load processes, by second. */
function openIn(windows: readonly Window[]): Map<number, number> {
  const open = new Map<number, number>();
  for (const { second, users } of windows) open.set(second, (open.get(second) ?? 0) + users.open);
  return open;
}
