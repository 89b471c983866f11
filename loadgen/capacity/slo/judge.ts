/**
 * Whether one trial met its objective. A share in time is not enough: a target that falls behind a little every second
 * would meet it for the length of a trial and no longer.
 */
import { trendOf } from './growth.ts';
import { formatSlo, type Slo, type SloPoint } from './parse.ts';
import { type Attainment, attainmentOf } from './share.ts';
import type { Trial, TrialSecond } from './trial.ts';

/** Names of what a trial can fail by. */
export type ReasonName = 'nothing' | 'late' | 'connects' | 'errors' | 'unreconciled' | 'growth';

/** Why a trial did not meet its objective. */
export interface Reason {
  readonly name: ReasonName;
  /** For a reader who has not seen the trial; with capital, without full stop. */
  readonly sentence: string;
}

/** What came of a trial. */
export interface Judgement {
  /** Whether every demand of the objective and every condition beside it holds. */
  readonly ok: boolean;
  /** One for each that does not. */
  readonly reasons: readonly Reason[];
  /** Shares in time at the trial's limits, in their order. */
  readonly attainments: readonly Attainment[];
  /** Whether the first point's share would be met, and all else holds, at each of the trial's limits. */
  readonly okAtLimits: readonly boolean[];
}

/** Share of the connections asked for that have to be made. */
const CONNECTS_MADE = 0.999;

/** Share of the messages scheduled that may be answered by an error. */
const MOST_ERRORS = 0.0001;

/** A rise is believed when it would come by chance once in a hundred trials. */
const GROWTH_CHANCE = 0.01;

/** Share of the tightest limit that a rise has to add to the waiting, over the trial, to be one that matters. */
const GROWTH_OF_LIMIT = 0.1;

/** Bytes that a rise has to add over the trial to matter: what one socket of Node may hold before it says so. */
const GROWTH_BYTES = 16_384;

/**
 * Judges a trial. The trial must count for every limit of the objective.
 *
 * Growth is looked for in bytes of backlog, event loop delay and messages in flight: one-sided test at 1 % of each
 * series of seconds, for rises that matter. The latter two matter from a tenth of the tightest limit on, which by
 * Little's law is a tenth of it times the load of messages; 0.1 % more load than a target carries shows in 10 s.
 * @throws RangeError when the trial did not count for a limit of the objective.
 */
export function judgeTrial(trial: Trial, slo: Slo): Judgement {
  const attainments = trial.limitsMs.map((_, index) =>
    attainmentOf(trial.seconds.map(({ scheduled, inTime }) => ({ scheduled, inTime: inTime[index] ?? 0 }))),
  );
  const late = slo.flatMap((point) => lateness(point, shareAt(trial, { attainments, point })));
  const others = [...nothing(trial), ...counts(trial), ...growth(trial, slo)];
  const reasons = [...others, ...late];
  return {
    ok: reasons.length === 0,
    reasons,
    attainments,
    okAtLimits: attainments.map(({ share }) => others.length === 0 && share >= slo[0].share),
  };
}

function shareAt(
  { limitsMs }: Trial,
  { attainments, point }: { attainments: readonly Attainment[]; point: SloPoint },
): number {
  const attainment = attainments[limitsMs.indexOf(point.withinMs)];
  if (attainment === undefined)
    throw new RangeError(
      `Cannot judge a trial within ${point.withinMs} ms: it counts for ${limitsMs.join(', ')} ms`,
    );
  return attainment.share;
}

function lateness(point: SloPoint, share: number): Reason[] {
  if (share >= point.share) return [];
  const sentence = `Only ${percent(share)} of the scheduled messages came in time, wanted ${formatSlo([point])}`;
  return [{ name: 'late', sentence }];
}

function nothing({ seconds }: Trial): Reason[] {
  if (seconds.some(({ scheduled }) => scheduled > 0)) return [];
  return [{ name: 'nothing', sentence: 'No message was scheduled, so nothing is known of this load' }];
}

function counts({ seconds, connects, errors, unreconciled }: Trial): Reason[] {
  const reasons: Reason[] = [];
  const scheduled = seconds.reduce((sum, second) => sum + second.scheduled, 0);
  if (connects.made < CONNECTS_MADE * connects.asked)
    reasons.push({
      name: 'connects',
      sentence: `Only ${connects.made} of ${connects.asked} connections were made, wanted ${percent(CONNECTS_MADE)}`,
    });
  if (errors > MOST_ERRORS * scheduled)
    reasons.push({
      name: 'errors',
      sentence: `There were ${errors} errors in ${scheduled} messages, wanted at most ${percent(MOST_ERRORS)}`,
    });
  if (unreconciled !== 0)
    reasons.push({
      name: 'unreconciled',
      sentence: `Deliveries counted by server and load generator differ by ${unreconciled}, wanted 0`,
    });
  return reasons;
}

/** One thing that must not pile up. */
interface Pile {
  readonly what: string;
  readonly unit: string;
  /** Smallest rise over the trial that matters. */
  readonly matters: number;
  of(second: TrialSecond): number;
}

function growth({ load, seconds }: Trial, slo: Slo): Reason[] {
  const patienceMs = GROWTH_OF_LIMIT * Math.min(...slo.map(({ withinMs }) => withinMs));
  const piles: Pile[] = [
    { what: 'The backlog', unit: 'bytes', matters: GROWTH_BYTES, of: ({ backlogBytes }) => backlogBytes },
    { what: 'The event loop delay', unit: 'ms', matters: patienceMs, of: ({ loopDelayMs }) => loopDelayMs },
    {
      what: 'The number of messages in flight',
      unit: 'messages',
      matters: (load * patienceMs) / 1_000,
      of: ({ inFlight }) => inFlight,
    },
  ];
  return piles.flatMap(({ what, unit, matters, of }) => {
    const { slope, chance } = trendOf(seconds.map(of));
    if (chance > GROWTH_CHANCE || slope * seconds.length < matters) return [];
    return [
      {
        name: 'growth',
        sentence: `${what} grew by ${Number(slope.toPrecision(3))} ${unit} a second, wanted none`,
      },
    ];
  });
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(4))} %`;
}
