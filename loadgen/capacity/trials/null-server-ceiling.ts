/**
 * How much the generator can do where the target does nothing: what a server is said to carry must lie well below it,
 * or the generator may have been what gave out.
 */
import { join } from 'node:path';
import type { Scenario } from '../../plan/index.ts';
import { type NullServer, startNullServer } from './null-server/index.ts';
import { runTrial, type Surroundings, type TrialRequest } from './run-trial.ts';
import type { TrialRecord } from './trial-record.ts';

/** What the ceiling is sought for. */
export interface CeilingRequest extends Pick<TrialRequest, 'command' | 'folder' | 'loadProcesses' | 'terms'> {
  /** The scenario at a load, messages a second. */
  scenarioAt(load: number): Scenario;
  /** Folder that runs are kept in, one folder each. */
  readonly out: string;
  /** The load to begin with. */
  readonly from: number;
  /** A load beyond which nobody asks: the search ends there. */
  readonly enough: number;
  /** Event that answers an event without a call number. Default `pong`. */
  readonly reply?: string;
}

/** A load at the null server. */
export interface CeilingTrial {
  readonly load: number;
  readonly isReached: boolean;
  /** Why not, in a sentence; empty when it was. */
  readonly why: string;
}

/** What was found. */
export interface Ceiling {
  /** The largest load that was reached; 0 for none. */
  readonly load: number;
  /** Whether the generator can do more than that: all that was asked for was reached. */
  readonly isAtLeast: boolean;
  readonly trials: readonly CeilingTrial[];
}

/** What it is sought with. */
export interface CeilingInstruments {
  start: (options: { reply?: string }) => Promise<NullServer>;
  trial: typeof runTrial;
}

const real: CeilingInstruments = { start: startNullServer, trial: runTrial };

/** From load to load, as the ramp of the search for the server's own capacity. */
const STEP = 1.5;

/** Of what was planned, what is to be sent; and of what was owed, what is to come within the limit. */
const LEAST_ACHIEVED = 0.995;
const LEAST_IN_TIME = 0.99;

/**
 * Raises the load at a null server until the generator does not reach it.
 *
 * @throws what `runTrial` throws, and ClusterError PROCESS_FAILED when the null server does not start.
 */
export async function nullServerCeiling(
  request: CeilingRequest,
  surroundings: Surroundings,
  instruments: CeilingInstruments = real,
): Promise<Ceiling> {
  const { command, enough, folder, from, loadProcesses, out, reply, scenarioAt, terms } = request;
  const server = await instruments.start(reply === undefined ? {} : { reply });
  const trials: CeilingTrial[] = [];
  try {
    for (const load of loadsOf(from, enough)) {
      const place = { folder, out: join(out, String(trials.length + 1)), target: server.url };
      const asked = { scenario: scenarioAt(load), ...place, terms, loadProcesses, command };
      const trial = judge(load, await instruments.trial(asked, surroundings));
      trials.push(trial);
      if (!trial.isReached) break;
    }
  } finally {
    await server.stop();
  }
  const reached = trials.filter(({ isReached }) => isReached).at(-1)?.load ?? 0;
  return { load: reached, isAtLeast: reached >= enough, trials };
}

/** The last one is exactly what is enough. */
function loadsOf(from: number, enough: number): number[] {
  const loads: number[] = [];
  for (let load = Math.min(from, enough); load < enough; load *= STEP) loads.push(load);
  return [...loads, enough];
}

function judge(load: number, trial: TrialRecord): CeilingTrial {
  const { generator, inTime, scheduled, withinMs } = trial;
  const share = scheduled === 0 ? 0 : (inTime[withinMs] ?? 0) / scheduled;
  const whys = [
    ...(generator.achieved < LEAST_ACHIEVED
      ? [`only ${percent(generator.achieved)} of what was due was sent`]
      : []),
    ...(share < LEAST_IN_TIME ? [`only ${percent(share)} of the answers came within ${withinMs} ms`] : []),
  ];
  return { load, isReached: whys.length === 0, why: whys.join(', and ') };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
