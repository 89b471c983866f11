/** Measurements of this build: short runs, and between them work that tells how fast the host is meanwhile. */
import { rm } from 'node:fs/promises';
import { ClusterError } from '../../../server/errors/index.ts';
import { prepareRun, type RunRequest, runScenario } from '../../coordinator/index.ts';
import { whileAwake } from '../../host/index.ts';
import { makeTemporaryFolder, refuseUnwritten } from '../../results/index.ts';
import { calibrate, scoreOf } from './calibration/index.ts';
import { readCommit, readOrigin } from './host.ts';
import { makePoint, type Point } from './points.ts';

/** What is measured. */
export interface Measurement {
  readonly scenario: string;
  readonly runs: number;
  /** Steady phase of each run, seconds. */
  readonly duration: number;
  /** Default: as many as the scenario has. */
  readonly users?: number | undefined;
}

/** What a point is of. */
export type Subject = Pick<Point, 'scenario' | 'load'>;

/** Who follows it. */
export interface Follower {
  say(text: string): void;
  /** Told of each measurement as soon as it is whole. */
  take?(point: Point): void;
  readonly signal: AbortSignal;
}

type Outcome = Awaited<ReturnType<typeof runScenario>>;

/** What it is measured with. */
export interface Instruments {
  readonly calibrate: typeof calibrate;
  run(request: RunRequest, signal: AbortSignal): Promise<Pick<Outcome, 'run' | 'exitCode'>>;
}

/** Runs beyond those asked for, in place of runs that failed or were disturbed. */
const MOST_AGAIN = 2;

const real: Instruments = { calibrate, run };

/** Gives what a measurement is of, which must be alike wherever figures are compared. */
export async function subjectOf(measurement: Measurement): Promise<Subject> {
  const { resolved } = await prepareRun(requestOf(measurement));
  const { plan, messagesPerSecond, target } = resolved;
  const load = { users: plan.users, messagesPerSecond, workers: target.workers };
  return { scenario: plan.scenario, load };
}

/**
 * Measures as often as is asked for, on processors that do not halt meanwhile where that is permitted.
 *
 * @throws ClusterError RUN_INVALID when too many runs failed or were disturbed, RUN_INTERRUPTED when the signal came;
 *   and what `runScenario` throws.
 */
export function measurePoints(
  measurement: Measurement,
  follower: Follower,
  instruments: Instruments = real,
): Promise<Point[]> {
  return whileAwake(() => measureAll(measurement, follower, instruments));
}

async function measureAll(
  measurement: Measurement,
  follower: Follower,
  instruments: Instruments,
): Promise<Point[]> {
  const { runs } = measurement;
  const origin = await originOf(measurement);
  const points: Point[] = [];
  let failures = 0;
  let before = await instruments.calibrate();
  while (points.length < runs) {
    refuseInterrupted(follower.signal);
    const outcome = await instruments.run(requestOf(measurement), follower.signal);
    refuseInterrupted(follower.signal);
    const after = await instruments.calibrate();
    const told = readOutcome(outcome);
    if ('why' in told) {
      failures += 1;
      if (failures > MOST_AGAIN) throw tooMany(measurement, failures, told.why);
      follower.say(`run ${points.length + 1} of ${runs} again: ${told.why}`);
    } else {
      const at = new Date().toISOString();
      const point = makePoint({ ...origin, ...told, at, calibration: scoreOf([before, after]) });
      points.push(point);
      follower.take?.(point);
      follower.say(`run ${points.length} of ${runs}: ${told.cpuMicrosPerMessage.toFixed(1)} µs per message`);
    }
    before = after;
  }
  return points;
}

async function originOf(measurement: Measurement): Promise<Subject & Pick<Point, 'host' | 'commit'>> {
  const commit = await readCommit();
  const host = readOrigin();
  return { ...(await subjectOf(measurement)), host, ...(commit === undefined ? {} : { commit }) };
}

/** What a run tells of the price of a message, or why it tells nothing. */
function readOutcome({
  run: { summary },
  exitCode,
}: Pick<Outcome, 'run' | 'exitCode'>): Pick<Point, 'cpuMicrosPerMessage'> | { why: string } {
  const [why = `it ended with exit code ${exitCode}`] = summary.verdict.reasons;
  if (exitCode !== 0) return { why };
  const { cpuMicrosPerMessage } = summary.target;
  if (cpuMicrosPerMessage !== null) return { cpuMicrosPerMessage };
  return { why: 'nobody told what a message cost, wanted is a longer run that sends' };
}

function requestOf({ scenario, users, duration }: Measurement): RunRequest {
  return { scenario, overrides: { users, duration }, command: 'scbench baseline' };
}

/** A run whose files nobody wants. */
async function run(request: RunRequest, signal: AbortSignal): Promise<Outcome> {
  const out = await makeTemporaryFolder('scbench-baseline');
  try {
    const trouble = (text: string): unknown => process.stderr.write(`${text}\n`);
    const outcome = await runScenario({ ...request, out }, { begin() {}, second() {}, trouble }, signal);
    refuseUnwritten(outcome.run);
    return outcome;
  } finally {
    await rm(out, { recursive: true });
  }
}

function refuseInterrupted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new ClusterError('Cannot go on measuring: it was interrupted', { code: 'RUN_INTERRUPTED' });
}

function tooMany({ scenario }: Measurement, failures: number, why: string): ClusterError {
  const text = `Cannot measure scenario "${scenario}": ${failures} runs failed or were disturbed, wanted at most ${MOST_AGAIN}`;
  return new ClusterError(`${text}; the last one: ${why}`, { code: 'RUN_INVALID' });
}
