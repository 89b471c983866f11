/** The search for the capacity of so many workers, with trials that are run one after the other. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterError } from '../../../../server/errors/index.ts';
import { makeFolder } from '../../../doctor/index.ts';
import { loadOf, type Profile, usersOf } from '../../profiles/index.ts';
import {
  begin,
  type GivenSettings,
  learn,
  next,
  type Outcome,
  type Request,
  resultOf,
  type SearchResult,
  type SearchState,
} from '../../search/index.ts';
import { limitsOf, slowedSlo } from '../../slo/index.ts';
import { runTrial, type TrialRecord, type TrialRequest } from '../../trials/index.ts';
import { outcomeOfRecord } from '../outcomes/index.ts';
import { scenarioAt } from './scenario-at.ts';
import { trialsInTime } from './trials-in-time.ts';

/** What is searched. */
export interface SizeSearch {
  readonly profile: Profile;
  readonly workers: number;
  /** Share of a core that each worker gets; it has as many times longer for all it does. Absent: no quota. */
  readonly share?: number | undefined;
  /** Time that workers take for each message. Absent: none but what it costs. */
  readonly serviceTime?: TrialRequest['serviceTime'];
  readonly settings: Omit<GivenSettings, 'smallestLoad'>;
  /** Sockets of one trial. Default as for `scenarioAt`. */
  readonly mostSockets?: number | undefined;
  /** Load processes at least. Default: as few as hold all users. */
  readonly loadProcesses?: number | undefined;
  /** Folder that all trials are kept in, with `trials.jsonl`: a line for each. */
  readonly out: string;
  /** Milliseconds that it may take. */
  readonly withinMs: number;
  /** The command line that repeats it. */
  readonly command: string;
}

/** A trial that was run. */
export interface MeasuredTrial {
  readonly request: Request;
  readonly outcome: Outcome;
  readonly record: TrialRecord;
  readonly users: number;
  /** 1 where each user had a socket. */
  readonly usersPerSocket: number;
  /** Where its run is kept. */
  readonly folder: string;
}

/** What was found. */
export interface SizeFound {
  readonly workers: number;
  readonly share?: number | undefined;
  readonly trials: readonly MeasuredTrial[];
  readonly state: SearchState;
  readonly result: SearchResult;
  /** Whether somebody ended it before it was done. */
  readonly isInterrupted: boolean;
  /** What ended it before it was done, though nobody asked: a sentence. */
  readonly failure?: string;
}

/** Who follows it. */
export interface Follower {
  readonly signal: AbortSignal;
  /** A trial begins. */
  trial?(request: Request, number: number): void;
  /** A trial has ended. */
  learnt?(trial: MeasuredTrial, result: () => SearchResult): void;
  trouble?(text: string): void;
}

/** What it is run with. */
export interface Instruments {
  trial: typeof runTrial;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

const real: Instruments = { trial: runTrial, now: () => performance.now() };

const MILLISECONDS = 1_000;

/**
 * Searches until the capacity is known, the trials or the time are used up, somebody ends it, or a trial cannot be run;
 * what was learnt until then is kept.
 *
 * @throws what `begin` and `scenarioOf` throw; and what the first trial throws, but for an interruption.
 */
export async function searchSize(
  search: SizeSearch,
  follower: Follower,
  instruments: Instruments = real,
): Promise<SizeFound> {
  const { profile, share, workers } = search;
  const settings = { ...search.settings, slo: slowedSlo(search.settings.slo, share) };
  const startedAt = instruments.now();
  const trials: MeasuredTrial[] = [];
  // One user, or one of each kind.
  const smallestLoad = loadOf(profile, usersOf(profile, 0));
  let state = begin({ ...settings, smallestLoad, estimate: Math.max(smallestLoad, settings.estimate) });
  const { mostTrials } = state.settings;
  let ended: Ended = { isInterrupted: false };
  for (;;) {
    state = inTime(state, { search, trials, mostTrials, elapsedMs: instruments.now() - startedAt });
    const request = next(state);
    if (request.kind === 'done') break;
    follower.trial?.(request, trials.length + 1);
    const trial = await run(request, trials.length + 1, {
      search: { ...search, settings },
      follower,
      instruments,
    });
    if ('isInterrupted' in trial) {
      ended = trial;
      break;
    }
    state = learn(state, trial.outcome);
    trials.push(trial);
    keep(search, trial);
    follower.learnt?.(trial, () => resultOf(state));
  }
  return { workers, share, trials, state, result: resultOf(state), ...ended };
}

/** The same search with as many trials as fit into its time. */
function inTime(
  state: SearchState,
  {
    search,
    trials,
    mostTrials,
    elapsedMs,
  }: { search: SizeSearch; trials: readonly MeasuredTrial[]; mostTrials: number; elapsedMs: number },
): SearchState {
  const { settings } = state;
  const fit = trialsInTime({
    trials: trials.length,
    elapsedMs,
    measuredMs: trials.reduce((sum, { request }) => sum + request.seconds * MILLISECONDS, 0),
    leftMs: search.withinMs - elapsedMs,
    trialMs: settings.trialSeconds * MILLISECONDS,
    soakMs: settings.locatesOnly ? undefined : settings.soakSeconds * MILLISECONDS,
  });
  return { ...state, settings: { ...settings, mostTrials: Math.min(mostTrials, fit) } };
}

/** How a search ends that is not done. */
type Ended = Pick<SizeFound, 'failure' | 'isInterrupted'>;

async function run(
  request: Request,
  number: number,
  { search, follower, instruments }: { search: SizeSearch; follower: Follower; instruments: Instruments },
): Promise<MeasuredTrial | Ended> {
  const { command, loadProcesses, mostSockets, profile, serviceTime, settings, share, workers } = search;
  const folder = join(search.out, `${String(number).padStart(2, '0')}-${request.phase}`);
  const { load, overload, seconds } = request;
  const { scenario, ...made } = scenarioAt(profile, { load, overload, seconds, workers, mostSockets });
  const asked = {
    scenario,
    folder: profile.folder,
    out: folder,
    terms: { limitsMs: limitsOf(settings.slo), withinMs: settings.slo[0].withinMs },
    workerShare: share,
    serviceTime,
    loadProcesses,
    command,
  };
  try {
    const record = await instruments.trial(asked, follower);
    const outcome = outcomeOfRecord(record, { slo: settings.slo, phase: request.phase, share });
    // A record cannot tell the load of users with a function of their own.
    const offered = record.load > 0 ? record.load : loadOf(profile, made.users);
    return { request, outcome: { ...outcome, load: offered }, record, folder, ...made };
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    if (error.code === 'RUN_INTERRUPTED') return { isInterrupted: true };
    if (number === 1) throw error;
    return { isInterrupted: false, failure: error.message };
  }
}

/** Whatever comes afterwards, what was learnt is on the disk. */
function keep({ out }: SizeSearch, { folder, outcome, request }: MeasuredTrial): void {
  appendFileSync(join(makeFolder(out), 'trials.jsonl'), `${JSON.stringify({ request, outcome, folder })}\n`);
}
