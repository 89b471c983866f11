/** What every try of the planner is made with. */
import { join } from 'node:path';
import { type SizeFound, searchSize } from '../../loadgen/capacity/planner/index.ts';
import type { Profile } from '../../loadgen/capacity/profiles/index.ts';
import type { Slo } from '../../loadgen/capacity/slo/index.ts';

/** Who tries, and where. */
export interface Trying {
  readonly profile: Profile;
  readonly slo: Slo;
  readonly out: string;
  say(text: string): void;
  readonly signal: AbortSignal;
}

/** One search of a try. */
export interface Search {
  readonly name: string;
  readonly workers?: number;
  readonly share?: number;
  /** Of the capacity. Default: a load that any worker carries. */
  readonly estimate?: number;
  /** Whether a few short trials are enough. Default false. */
  readonly isBrief?: boolean;
}

const HOUR_MS = 3_600_000;

/** Small workers let few in at a time. */
const FEW_SOCKETS = 500;

const BRIEF = { locatesOnly: true, start: 0.3, rampSeconds: 3, trialSeconds: 6, mostTrials: 12, width: 0.08 };

/** Searches, and says each trial as it ends. */
export function searchOnce(
  { out, profile, say, signal, slo }: Trying,
  { estimate, isBrief = false, name, share, workers = 1 }: Search,
  run: typeof searchSize = searchSize,
): Promise<SizeFound> {
  say(name);
  return run(
    {
      profile,
      workers,
      share,
      settings: {
        slo,
        estimate: estimate ?? 5_000 * (share ?? 1) * workers,
        soakSeconds: 30,
        recoverySeconds: 10,
        limitTrials: 0,
        ...(isBrief && BRIEF),
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
