/** One trial over a real cluster: a run like any other, kept in its folder and read as a trial. */
import { resolve } from 'node:path';
import { ClusterError } from '../../../server/errors/index.ts';
import { type RunRequest, runScenario } from '../../coordinator/index.ts';
import { makeFolder, readFacts } from '../../doctor/index.ts';
import type { Scenario } from '../../plan/index.ts';
import { type Probe, refuseUnwritten, type Second } from '../../results/index.ts';
import { type ServiceTime, writeController } from './application/index.ts';
import { type LimitedWorkers, limitWorkers } from './quota/index.ts';
import { readTrial } from './read-trial.ts';
import type { TrialRecord, TrialTerms } from './trial-record.ts';

/** What is run. */
export interface TrialRequest {
  /** At the load that is tried. */
  readonly scenario: Scenario;
  /** Where the scenario's own files are. */
  readonly folder: string;
  /** Folder that the run is kept in; none that holds another. */
  readonly out: string;
  readonly terms: TrialTerms;
  /** Least number of load processes. */
  readonly loadProcesses?: number | undefined;
  /** URL of a target that runs already. Default: the run starts its own. */
  readonly target?: string | undefined;
  /** Share of a core that each worker gets, by a quota. Only of a target of the run's own. */
  readonly workerShare?: number | undefined;
  /** Time that workers take for each message. Only of a target of the run's own. */
  readonly serviceTime?: ServiceTime | undefined;
  /** The command line that repeats it. */
  readonly command: string;
}

/** Who follows it. */
export interface Surroundings {
  readonly signal: AbortSignal;
  /** Told of each second while the run goes on. */
  second?(second: Second): void;
  /** Something could not be ended in order, or written; one sentence. */
  trouble?(text: string): void;
}

/** What it is run with. */
export interface Instruments {
  run: typeof runScenario;
  limit: typeof limitWorkers;
  read: typeof readTrial;
}

const real: Instruments = { run: runScenario, limit: limitWorkers, read: readTrial };

/**
 * Runs a trial. A target that fails, falls over or is overloaded makes a trial that says so; what it says of the
 * generator is for the proof to judge.
 *
 * @throws ClusterError RUN_INTERRUPTED when the signal came, MEASUREMENT_FAILED when workers were to be limited and
 *   could not be; and what `runScenario` and `readTrial` throw.
 */
export async function runTrial(
  request: TrialRequest,
  surroundings: Surroundings,
  instruments: Instruments = real,
): Promise<TrialRecord> {
  const { out, terms, workerShare } = request;
  const failed = new AbortController();
  const unlimited = unlimitedIn(request.scenario);
  const limits = workerShare === undefined ? undefined : new Limits(workerShare, instruments.limit, failed);
  const listeners = {
    begin() {},
    second(second: Second) {
      if (!unlimited.has(second.phase)) limits?.look(second.probe);
      surroundings.second?.(second);
    },
    trouble: (text: string) => surroundings.trouble?.(text),
  };
  // A signal of its own: a run listens to it for ever, and there are dozens of runs.
  const signal = AbortSignal.any([surroundings.signal, failed.signal]);
  try {
    const { run } = await instruments.run(runRequestOf(request), listeners, signal);
    if (failed.signal.aborted) throw failed.signal.reason;
    refuseInterrupted(surroundings.signal);
    refuseUnwritten(run);
    limits?.refuseUnlimited(run.timeline.length);
  } finally {
    await limits?.undo((text) => surroundings.trouble?.(text));
  }
  return instruments.read(out, { portsPerAddress: portsHere(), ...terms });
}

function runRequestOf(request: TrialRequest): RunRequest {
  const { scenario, folder, out, loadProcesses, target, command } = request;
  return {
    scenario: { scenario: slowedScenario(request, scenario), folder },
    overrides: {},
    out,
    command,
    ...(loadProcesses !== undefined && { loadProcesses }),
    ...(target !== undefined && { target }),
  };
}

/** The same scenario, with its application behind a service time where there is to be one. */
function slowedScenario({ folder, out, serviceTime }: TrialRequest, scenario: Scenario): Scenario {
  if (serviceTime === undefined) return scenario;
  const own = resolve(folder, scenario.target.controller);
  const controller = writeController(makeFolder(out), own, serviceTime);
  return { ...scenario, target: { ...scenario.target, controller: resolve(controller) } };
}

/**
 * Phases in which workers take as much as they want: all before the load warms up, where it does, or before users settle.
 * They compile what they have to do meanwhile, which takes a small worker longer than a trial.
 */
function unlimitedIn({ phases = [] }: Scenario): ReadonlySet<string> {
  return new Set(phases[0]?.measured === false ? ['ramp', 'settle'] : ['ramp']);
}

/** Quotas for the workers of a run, which are known once the probe has seen them. */
class Limits {
  readonly #share: number;
  readonly #limit: typeof limitWorkers;
  readonly #failed: AbortController;
  readonly #known = new Set<number>();
  readonly #limited: LimitedWorkers[] = [];

  constructor(share: number, limit: typeof limitWorkers, failed: AbortController) {
    this.#share = share;
    this.#limit = limit;
    this.#failed = failed;
  }

  /** Limits the workers that are new: all of them at first, later those that replace others. */
  look(probe: Probe | null): void {
    const workers = probe?.processes.filter(({ role }) => role === 'worker') ?? [];
    const fresh = workers.map(({ pid }) => pid).filter((pid) => !this.#known.has(pid));
    if (fresh.length === 0 || this.#failed.signal.aborted) return;
    for (const pid of fresh) this.#known.add(pid);
    try {
      this.#limited.push(this.#limit(fresh, this.#share));
    } catch (error) {
      this.#failed.abort(error);
    }
  }

  /** A trial of workers that were never limited would pass for one of small workers. */
  refuseUnlimited(seconds: number): void {
    if (this.#limited.length > 0) return;
    const text = `Cannot limit workers to ${this.#share} of a core: none was seen in ${seconds} s`;
    throw new ClusterError(`${text}, wanted a target of the run's own`, { code: 'MEASUREMENT_FAILED' });
  }

  /** What was measured holds, whatever becomes of groups that nobody is in any more. */
  async undo(trouble: (text: string) => void): Promise<void> {
    for (const limited of this.#limited.splice(0)) {
      await limited.undo().catch((error: unknown) => {
        trouble(
          `Could not take a quota away from workers: ${error instanceof Error ? error.message : error}`,
        );
      });
    }
  }
}

function portsHere(): number {
  const { portRange, reservedPorts } = readFacts();
  const [first, last] = portRange;
  return Math.max(0, last - first + 1 - reservedPorts);
}

function refuseInterrupted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new ClusterError('Cannot go on with the trial: it was interrupted', { code: 'RUN_INTERRUPTED' });
}
