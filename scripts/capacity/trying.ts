/** What every try of the planner is made with. */
import { join } from 'node:path';
import type { Estimate } from '../../loadgen/capacity/estimate/index.ts';
import { guessOf, type SizeFound, searchSize } from '../../loadgen/capacity/planner/index.ts';
import type { Profile } from '../../loadgen/capacity/profiles/index.ts';
import type { Slo } from '../../loadgen/capacity/slo/index.ts';
import { ClusterError } from '../../server/errors/index.ts';

/** Who tries, and where. */
export interface Trying {
  readonly profile: Profile;
  readonly slo: Slo;
  /** Microseconds that workers take for each message, beside what it costs. Absent: none. */
  readonly serviceMicros?: number | undefined;
  readonly out: string;
  /** Tells whoever waits how it goes. */
  say(text: string): void;
  /** Keeps a part of the answer as soon as it is known: whatever comes afterwards, it is there. */
  keep(text: string): void;
  readonly signal: AbortSignal;
}

/** One search of a try. */
export interface Search {
  readonly name: string;
  readonly workers?: number;
  readonly share?: number;
  /** Of the capacity, from searches before. Default: what any worker may carry. */
  readonly estimate?: number;
  /** Whether a few short trials are enough. Default false. */
  readonly isBrief?: boolean;
}

const HOUR_MS = 3_600_000;

/** Small workers let few in at a time. */
const FEW_SOCKETS = 500;

const BRIEF = { locatesOnly: true, rampSeconds: 3, trialSeconds: 6, mostTrials: 12, width: 0.08 };

/** Where a brief search begins, as a share of a capacity that was guessed, and of one that others were found near. */
const GUESSED_START = 0.2;
const KNOWN_START = 0.5;

/** A host may spoil one search; what spoils two is here to stay. */
const TRIES = 2;

/** Searches, and says each trial as it ends. */
export function searchOnce(
  { out, profile, say, serviceMicros, signal, slo }: Trying,
  { estimate, isBrief = false, name, share, workers = 1 }: Search,
  run: typeof searchSize = searchSize,
): Promise<SizeFound> {
  say(name);
  const start = estimate === undefined ? GUESSED_START : KNOWN_START;
  return run(
    {
      profile,
      workers,
      share,
      ...(serviceMicros !== undefined && { serviceTime: { perMessage: serviceMicros } }),
      settings: {
        slo,
        estimate: estimate ?? guessOf(profile, { workers, ...(share !== undefined && { share }) }),
        soakSeconds: 30,
        recoverySeconds: 10,
        limitTrials: 0,
        ...(isBrief && { ...BRIEF, start }),
      },
      ...(share !== undefined && { mostSockets: FEW_SOCKETS }),
      out: join(out, `${new Date().toISOString().replaceAll(':', '-')}-${name.replaceAll(/\W+/g, '-')}`),
      withinMs: HOUR_MS,
      command: 'node dist/scripts/capacity/main.js',
    },
    {
      signal,
      learnt: ({ outcome, request }) => {
        const why = outcome.guards[0] ?? outcome.reasons[0]?.sentence ?? '';
        say(`  ${request.phase} ${outcome.load.toFixed(0)}/s ${outcome.ok ? 'met' : 'missed'} ${why}`);
      },
    },
  );
}

/**
 * Searches a capacity, and once more where the generator, the host or the target ended the search: hours may hang on it.
 * @throws ClusterError RUN_INTERRUPTED when somebody ended it, MEASUREMENT_FAILED when neither search found any, and what
 *   the last of them threw.
 */
export async function findCapacity(
  trying: Trying,
  search: Search,
  once: typeof searchOnce = searchOnce,
): Promise<Estimate> {
  for (let left = TRIES - 1; ; left -= 1) {
    const found = await once(trying, search).catch((error: unknown) => {
      if (error instanceof ClusterError && left > 0) return error;
      throw error;
    });
    if (!(found instanceof ClusterError)) refuseInterrupted(found);
    const why = found instanceof ClusterError ? found.message : objectionTo(found);
    const estimate = found instanceof ClusterError ? undefined : found.result.estimate;
    if (why === undefined && estimate !== undefined) return estimate;
    if (left === 0) throw new ClusterError(`Cannot go on: ${why}`, { code: 'MEASUREMENT_FAILED' });
    trying.say(`  once more: ${why}`);
  }
}

/** Refuses what somebody ended: half of a search is no answer. @throws ClusterError RUN_INTERRUPTED. */
export function refuseInterrupted({ isInterrupted }: SizeFound): void {
  if (!isInterrupted) return;
  throw new ClusterError('Cannot go on: interrupted', { code: 'RUN_INTERRUPTED' });
}

/** Why a search came to no capacity, in a sentence: what the generator ended tells where it begins, and no more. */
function objectionTo({ failure, result: { atLeast, estimate, sentence } }: SizeFound): string | undefined {
  return failure ?? (estimate === undefined || atLeast !== undefined ? sentence : undefined);
}
