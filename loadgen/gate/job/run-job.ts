/** One gate from two sources to its answer: builds, bench, blocks, record, ledger. */
import { existsSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Arm, GATE_RECORD_NAME, type GateHeader, type Result } from '../../../reports/gate/index.ts';
import { gateReportNames } from '../../../reports/index.ts';
import { ClusterError } from '../../../server/errors/index.ts';
import { makeFolder, makeNewFolder, refuseOlderResults } from '../../doctor/index.ts';
import type { Bench, BenchOptions, Calibration } from '../bench/index.ts';
import { type MadeBuilds, makeBuilds, type Source } from '../builds/index.ts';
import { type Asked, makeHeader } from './header.ts';
import { type Listening, measure } from './measure.ts';
import { orFailed } from './or-failed.ts';
import { describePlan } from './progress.ts';
import { checkMetrics, checkTime, type JobTime, verifyingLengths } from './rules/index.ts';
import { type KnownJob, keepInLedger } from './truth.ts';

const MS_PER_SECOND = 1_000;

/** What is asked for. */
export interface JobRequest extends Asked {
  /** Folder for what the job leaves behind; refused when it holds an older result. */
  readonly out: string;
  /** Whether nobody asked for that folder: when it is there, one of a like name is made instead. Default false. */
  readonly isOutFree?: boolean | undefined;
  /** Longest time for the job, builds included. Default none. */
  readonly limitSeconds?: number | undefined;
}

/** Makes what measures. */
export type CreateBench = (options: BenchOptions) => Promise<Bench>;

/** What a job needs of the world around it. */
export interface JobWorld extends Listening {
  readonly createBench: CreateBench;
}

/** What became of a job. */
export interface JobOutcome {
  /** With the looks as they were in the end. */
  readonly header: GateHeader;
  readonly result: Result;
  /** Path of the record. */
  readonly record: string;
  /** Whether a signal kept it from its answer. */
  readonly isInterrupted: boolean;
  /** Whether a slowdown found on this host is no more than a hint. */
  readonly isAdvisory: boolean;
  /** Why the job is not in the ledger, where it should be. */
  readonly unkept?: ClusterError | undefined;
}

/**
 * Runs a gate. An interrupt before the first block leaves nothing behind; a later one keeps what was measured.
 *
 * @throws ClusterError BUILD_FAILED, RUN_INTERRUPTED, OPTION_INVALID, RECORD_INVALID, and MEASUREMENT_FAILED when the
 * bench fails.
 */
export async function runJob(request: JobRequest, world: JobWorld): Promise<JobOutcome> {
  const { sources, seed, metrics, limitSeconds } = request;
  const startedAt = performance.now();
  checkMetrics(metrics);
  checkTime(limitSeconds);
  // Now: nobody wants to hear of a folder that cannot be written to after two builds.
  const isNew = request.isOutFree === true || !existsSync(request.out);
  const record = join(claimFolder(request), GATE_RECORD_NAME);
  try {
    const made = await makeBuilds(sources, { ...world, seed });
    try {
      return await compareBuilds(made, { request, record, startedAt }, world);
    } finally {
      await made.remove();
    }
  } catch (error) {
    if (isNew && !existsSync(record)) rmdirSync(dirname(record));
    throw error;
  }
}

function claimFolder({ out, isOutFree = false }: JobRequest): string {
  if (isOutFree) return makeNewFolder(out);
  refuseOlderResults(out, [GATE_RECORD_NAME, ...gateReportNames]);
  return makeFolder(out);
}

async function compareBuilds(
  { builds }: MadeBuilds,
  { request, record, startedAt }: { request: JobRequest; record: string; startedAt: number },
  world: JobWorld,
): Promise<JobOutcome> {
  const { scenario, inject, ledger, sources, verifies } = request;
  const { createBench, say, signal } = world;
  say(`Trying out what the base carries of scenario "${scenario}"`);
  const lengths = verifies === true ? verifyingLengths : {};
  const bench = await orInterrupted(signal, () => createBench({ builds, scenario, inject, lengths, signal }));
  try {
    const calibration = await orInterrupted(signal, () =>
      orFailed('Cannot begin the gate', () => bench.calibrate()),
    );
    const planned = makeHeader(request, calibration, timeOf(request, startedAt));
    say(describePlan(planned));
    const hasTime = timeFor(planned, request, startedAt);
    const { header, result } = await measure(bench, { header: planned, record, hasTime }, world);
    const truth = { isEqual: areEqual(sources), isStep: areCommits(sources) };
    const unkept = addToLedger(ledger, { header, result, ...truth }, say);
    const isInterrupted = signal.aborted && !result.isFinished;
    return { header, result, record, isInterrupted, isAdvisory: isAdvisory(calibration, result), unkept };
  } finally {
    await bench.close();
  }
}

/** A ledger that cannot be written takes nothing from the answer; it is told when that is. */
function addToLedger(
  ledger: string | undefined,
  job: KnownJob,
  say: Listening['say'],
): ClusterError | undefined {
  try {
    if (ledger !== undefined && keepInLedger(ledger, job)) say(`One job more in the ledger ${ledger}`);
    return undefined;
  } catch (error) {
    if (error instanceof ClusterError) return error;
    throw error;
  }
}

/** Says whether a block may begin: one that ends after the limit would come too late. */
function timeFor({ time }: GateHeader, { limitSeconds }: JobRequest, startedAt: number): () => boolean {
  const { blockSeconds = 0 } = time ?? {};
  return () => spentSince(startedAt) + blockSeconds <= (limitSeconds ?? Number.POSITIVE_INFINITY);
}

function timeOf({ limitSeconds }: JobRequest, startedAt: number): JobTime | undefined {
  return limitSeconds === undefined ? undefined : { limitSeconds, spentSeconds: spentSince(startedAt) };
}

function spentSince(startedAt: number): number {
  return (performance.now() - startedAt) / MS_PER_SECOND;
}

/** Two commits by name. What somebody works on is no step of the history yet. */
function areCommits({ base, candidate }: Record<Arm, Source>): boolean {
  return base.kind === 'commit' && candidate.kind === 'commit';
}

/** Two builds of one commit, or one build twice. */
function areEqual({ base, candidate }: Record<Arm, Source>): boolean {
  const isOne =
    base.kind === 'folder' && candidate.kind === 'folder' && base.directory === candidate.directory;
  return isOne || (base.commit !== '' && base.commit === candidate.commit);
}

/** Servers and load that share a core disturb each other. A lost message is lost all the same, whatever else is worse. */
function isAdvisory({ isPinned }: Calibration, { status, faults, breakdown }: Result): boolean {
  const hasLost = Object.values(faults.candidate).some((count) => count > 0);
  return !isPinned && status === 'regression' && !hasLost && breakdown === undefined;
}

/** Says of whatever an interrupt breaks that it was the interrupt. */
async function orInterrupted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new ClusterError('Cannot begin the gate: it was interrupted before its first block', {
      code: 'RUN_INTERRUPTED',
      cause: error,
    });
  }
}
