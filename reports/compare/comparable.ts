/** Whether runs may be held against each other: what was asked of the target must be the same, and by whom. */
import type { Header, Profile, Run } from '../../loadgen/results/index.ts';
import { ClusterError } from '../../server/errors/index.ts';

/** A run and where it came from. */
export interface NamedRun {
  run: Run;
  /** Path of its record or page. */
  source: string;
}

type Aspect = readonly [what: string, of: (header: Header) => string | number];

/** What must be equal, in the order in which a difference is told. The seed need not, nor need the target. */
const ASPECTS: readonly Aspect[] = [
  ['its scenario is', ({ scenario }) => scenario],
  ['its users are', ({ users }) => users],
  ['its messages a second are', ({ messagesPerSecond }) => Number(messagesPerSecond.toPrecision(6))],
  ['its measured phases are', measuredPhases],
  ['its driver is', ({ generator }) => generator.driver],
  ["its host's processors are", ({ host }) => `${host.cpus} × ${host.model}`],
];

/**
 * Refuses runs that cannot be compared.
 *
 * @throws ClusterError USAGE_WRONG for fewer than two runs, RUN_INVALID for a run that was spoilt, RUNS_DIFFER when
 *   one was profiled or they were not asked the same.
 */
export function checkComparable(runs: readonly NamedRun[]): void {
  const [first, ...others] = runs;
  if (first === undefined || others.length === 0) {
    const message = `Cannot compare runs: ${runs.length} given, wanted two or more`;
    throw new ClusterError(message, { code: 'USAGE_WRONG' });
  }
  for (const run of runs) {
    checkValid(run);
    checkUnprofiled(run);
  }
  for (const other of others) checkAlike(first, other);
}

function checkValid({ run, source }: NamedRun): void {
  if (run.summary.verdict.status !== 'invalid') return;
  const [why = 'its verdict is invalid'] = run.summary.verdict.reasons;
  throw new ClusterError(`Cannot compare run "${source}": ${why}, wanted a valid run`, {
    code: 'RUN_INVALID',
  });
}

/** Nobody knows by how much a profiler slows a process down: not even two profiled runs are alike. */
function checkUnprofiled({ run, source }: NamedRun): void {
  const { profile } = run.header;
  if (profile === undefined) return;
  throw new ClusterError(
    `Cannot compare run "${source}": its ${nameOf(profile)} was profiled with "${profile.tool}", which slows it down by nobody knows how much, wanted a run without a profile`,
    { code: 'RUNS_DIFFER' },
  );
}

function nameOf({ role, id }: Profile): string {
  return role === 'master' ? role : `${role} ${id}`;
}

function checkAlike(first: NamedRun, other: NamedRun): void {
  for (const [what, of] of ASPECTS) {
    const [wanted, found] = [of(first.run.header), of(other.run.header)];
    if (wanted === found) continue;
    throw new ClusterError(
      `Cannot compare run "${other.source}": ${what} "${found}", wanted "${wanted}" as in "${first.source}"`,
      { code: 'RUNS_DIFFER' },
    );
  }
}

function measuredPhases({ phases }: Header): string {
  const measured = phases.filter((phase) => phase.measured ?? phase.name === 'steady');
  return measured.map(({ name, start, end }) => `${name} ${end - start} s`).join(', ');
}
