/**
 * The proof as a whole: every pathology with every seed, what must hold exactly, and others beside us. An attempt
 * that the machine disturbed proves nothing: it is made again while there is time, and the proof says how often.
 */
import { performance } from 'node:perf_hooks';
import { ClusterError, suggest } from '../../server/errors/index.ts';
import { readHost } from '../doctor/index.ts';
import { whileAwake } from '../host/index.ts';
import type { HostFacts } from '../results/index.ts';
import { type Case, createCases, type Figure, measureCase, type Outcome } from './cases/index.ts';
import {
  type Check,
  checkArrivals,
  checkDeterminism,
  checkMerging,
  checkTurns,
  createRandomPlan,
} from './checks/index.ts';
import { measureRivals, type Rival } from './rivals/index.ts';

/** What is asked for. */
export interface ProofRequest {
  /** A shorter proof: one seed, and nobody beside us. */
  quick: boolean;
  /** Names of cases. Absent: all of them. */
  only?: readonly string[] | undefined;
  /** The first seed; others follow it. */
  seed: number;
}

/** Told of a proof while it goes on. */
export interface Surroundings {
  say(text: string): void;
  signal: AbortSignal;
}

/** One pathology with one seed. */
export interface Trial extends Outcome {
  name: string;
  title: string;
  seed: number;
  /** How often it was measured; the last time counts. */
  attempts: number;
  ok: boolean;
}

/** A whole proof; also the layout of its JSON file. Times are milliseconds. */
export interface Proof {
  version: 1;
  startedAt: string;
  host: HostFacts;
  /** Whether idle processors were kept from halting, as root may. */
  isAwake: boolean;
  /** Seconds that each case was measured. */
  seconds: number;
  trials: Trial[];
  checks: Check[];
  rivals: Rival[];
  /** False when it was interrupted: then trials are missing. */
  isComplete: boolean;
  ok: boolean;
}

/** How long each case is measured, how often with another seed, and how long all may take. */
const extents = {
  quick: { seconds: 4, seeds: 1, budgetMs: 55_000 },
  full: { seconds: 5, seeds: 3, budgetMs: 720_000 },
} as const;

/** Beyond its measured time a trial takes about this long. */
const OVERHEAD_MS = 5_500;

const MOST_ATTEMPTS = 8;

/** From here on neighbours may have held one message in a thousand: 5 ms of 5 s on one of two processors. */
const DISTURBING_STEAL_PERCENT = 0.05;

/**
 * Proves that the generator's figures are right, or that they are not.
 *
 * @throws ClusterError OPTION_INVALID for a case nobody knows, and what runs throw.
 */
export async function prove(request: ProofRequest, surroundings: Surroundings): Promise<Proof> {
  return whileAwake(async (isAwake) => ({ ...(await measureAll(request, surroundings)), isAwake }));
}

async function measureAll(
  request: ProofRequest,
  surroundings: Surroundings,
): Promise<Omit<Proof, 'isAwake'>> {
  const startedAt = new Date().toISOString();
  const begunAt = performance.now();
  const { seconds, seeds, budgetMs } = request.quick ? extents.quick : extents.full;
  const cases = chooseCases(createCases({ seconds }), request.only);
  const jobs = Array.from({ length: seeds }, (_, n) => request.seed + n).flatMap((seed) =>
    cases.map((tested) => ({ tested, seed, seconds })),
  );
  const trials: Trial[] = [];
  for (const job of jobs) {
    if (!surroundings.signal.aborted) trials.push(await attempt(job, 1, surroundings));
  }
  const isComplete = !surroundings.signal.aborted;
  const rivals = request.quick || !isComplete ? [] : await measureRivals(cases, seconds, surroundings.say);
  const hasTime = () => performance.now() - begunAt + seconds * 1_000 + OVERHEAD_MS < budgetMs;
  for (let next = worthRepeating(trials); next >= 0; next = worthRepeating(trials)) {
    const [job, trial] = [jobs[next], trials[next]];
    if (job === undefined || trial === undefined || !hasTime() || surroundings.signal.aborted) break;
    trials[next] = await attempt(job, trial.attempts + 1, surroundings);
  }
  const checks = makeChecks(request.seed, trials);
  const ok = isComplete && [...trials, ...checks].every((each) => each.ok);
  return { version: 1, startedAt, host: readHost(), seconds, trials, checks, rivals, isComplete, ok };
}

interface Job {
  tested: Case;
  seed: number;
  seconds: number;
}

async function attempt(
  { tested, seed, seconds }: Job,
  attempts: number,
  { say, signal }: Surroundings,
): Promise<Trial> {
  const again = attempts === 1 ? '' : `, attempt ${attempts}`;
  say(`${tested.title}, seed ${seed}${again}`);
  const outcome = await measureCase({ case: tested, seconds, seed, signal });
  const ok =
    outcome.validity === 'valid' && outcome.figures.length > 0 && outcome.figures.every((each) => each.ok);
  return { name: tested.name, title: tested.title, seed, attempts, ok, ...outcome };
}

/** The trial to repeat: one that failed while the machine was disturbed, and that was repeated least. -1: none. */
function worthRepeating(trials: readonly Trial[]): number {
  const [next] = trials
    .map((trial, n) => ({ n, ...trial }))
    .filter((trial) => !trial.ok && isDisturbed(trial) && trial.attempts < MOST_ATTEMPTS)
    .toSorted((one, other) => one.attempts - other.attempts);
  return next?.n ?? -1;
}

/**
 * Whether something came between: the generator itself says so, by its verdict or by the lateness of its sends, the
 * host was taken away, or the server did not give the delays it was to give.
 */
export function isDisturbed({
  validity,
  lateness,
  stealPercent,
  figures,
}: Pick<Trial, 'validity' | 'lateness' | 'stealPercent' | 'figures'>): boolean {
  const isOff = validity !== 'valid' || lateness.p999 > 1 || figures.some(hasServerErred);
  return isOff || stealPercent > DISTURBING_STEAL_PERCENT;
}

function hasServerErred({ given, analytic, allowed }: Figure): boolean {
  return Math.abs(given - analytic) > allowed / 2;
}

function makeChecks(seed: number, trials: readonly Trial[]): Check[] {
  const plan = createRandomPlan(seed);
  return [
    conservation(trials),
    checkMerging(seed),
    checkDeterminism(plan),
    checkArrivals(plan),
    checkTurns(plan),
  ];
}

function conservation(trials: readonly Trial[]): Check {
  const unconserved = trials.flatMap((trial) => trial.unconserved);
  const answered = trials.reduce((sum, trial) => sum + trial.answered, 0);
  return {
    name: 'conservation',
    claim: 'sent = answered + timed out + lost + in flight, in windows and in totals',
    found: unconserved[0] ?? `${answered} answers in ${trials.length} runs, all accounted for`,
    ok: unconserved.length === 0,
  };
}

function chooseCases(cases: Case[], only: readonly string[] | undefined): Case[] {
  const known = cases.map(({ name }) => name);
  for (const name of only ?? []) {
    if (known.includes(name)) continue;
    const sentence = `Cannot test "${name}": wanted is one of ${known.join(', ')}`;
    throw new ClusterError(`${sentence}${suggest(name, known)}`, { code: 'OPTION_INVALID' });
  }
  return cases.filter(({ name }) => only?.includes(name) ?? true);
}
