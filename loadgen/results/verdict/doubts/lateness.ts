/**
 * Whether the generator was too late for the times it took. What makes it late delays a message twice, when it leaves
 * and when its answer is read, and only the first shows: how late it was at 99.5 % stands for what a p99 is off by.
 */
import { evaluateRules } from '../../../plan/index.ts';
import type { FanoutTimes, Summary } from '../../summary.ts';
import { percent } from '../percent.ts';

/**
 * From where on a time is spoilt: a share of its p99, and milliseconds beyond what the way of sleeping adds by itself,
 * which is known, and told as `resolutionMs`. One millisecond is also what the selftest promises of every quantile.
 */
interface Line {
  share: number;
  leastMs: number;
}

const SPOILT: Line = { share: 0.08, leastMs: 1 };
const DOUBTED: Line = { share: 0.05, leastMs: 0.6 };

/** A quantile of a time that was taken, and what the generator may have added to it. */
interface Figure {
  name: 'response' | 'push' | 'connect' | 'recovery' | `fanoutMs.${keyof FanoutTimes}`;
  quantile: Quantile;
  value: number;
  errorMs: number;
  /**
   * What sending late did to the quantile itself, beyond what chance may have done. A few sends that are very late do
   * much to a thin tail, which `errorMs` does not see. It spoils a run, but is no reason to doubt one.
   */
  shiftMs: number;
  /** Whether anybody asks for it. One that nobody asks for spoils no run. */
  isWanted: boolean;
  /** What else tells of it. */
  beside: string;
}

/** One of the things that a generator does in time or late. */
interface Doing {
  /** What a sentence says of it. */
  did: string;
  /** Which share of the times `errorMs` holds for. */
  at: string;
  errorMs: number;
  resolutionMs: number;
  figures: Figure[];
  why: string;
}

/** The quantiles that a run is judged by. Lateness may break a rule on any; only of p99 it is asked whatever rules say. */
type Quantile = 'p99' | 'p999' | 'max';

/** Of the lateness that stands for what a p99 is off by. */
const USUAL = 'at 99.5 %';

/** How rules write a quantile, and which share of the lateness is held against it. */
const TAILS = [
  { quantile: 'p999', written: ['p999', 'p(99.9)'], at: 'at 99.9 %' },
  { quantile: 'max', written: ['max'], at: 'at most' },
] as const;

const MILLISECONDS = 1_000;

/** Share of the messages beyond each quantile, and of how many standard errors chance is capable. */
const BEYOND: Record<Quantile, number> = { p99: 0.01, p999: 0.001, max: 0 };
const STANDARD_ERRORS = 2;

/** Sentences for each way in which lateness made times wrong that somebody asks for. */
export function spoiltByLateness(summary: Summary): string[] {
  return doings(summary).flatMap((doing) => sentence(doing, spoiltFigures(doing)));
}

/** Sentences for each way in which it may have made them wrong, or made others wrong; without what spoilt the run. */
export function doubtsOfLateness(summary: Summary): string[] {
  return doings(summary)
    .filter((doing) => spoiltFigures(doing).length === 0)
    .flatMap((doing) =>
      sentence(
        doing,
        doing.figures.filter((figure) => (figure.isWanted ? isDoubtful : isSpoilt)(figure, doing)),
      ),
    );
}

function spoiltFigures(doing: Doing): Figure[] {
  return doing.figures.filter((figure) => figure.isWanted && isSpoilt(figure, doing));
}

function isSpoilt({ errorMs, shiftMs, value }: Figure, { resolutionMs }: Doing): boolean {
  return isBeyond(SPOILT, { errorMs: Math.max(errorMs, shiftMs), resolutionMs, value });
}

function isDoubtful({ errorMs, value }: Figure, { resolutionMs }: Doing): boolean {
  return isBeyond(DOUBTED, { errorMs, resolutionMs, value });
}

function isBeyond(
  { share, leastMs }: Line,
  { errorMs, resolutionMs, value }: { errorMs: number; resolutionMs: number; value: number },
): boolean {
  return errorMs - resolutionMs > leastMs && errorMs > share * value;
}

function sentence({ did, at, errorMs, resolutionMs, why }: Doing, off: readonly Figure[]): string[] {
  if (off.length === 0) return [];
  const late = `${formatMs(errorMs)} ${at}${resolutionMs > 0 ? `, ${formatMs(resolutionMs)} of it from the way it sleeps` : ''}`;
  const times = off.map(
    ({ name, quantile, value, beside }) => `${quantile} of ${name} is ${formatMs(value)}${beside}`,
  );
  return [`The generator itself ${did} late: ${[late, ...times].join('; ')}${why}`];
}

function doings(summary: Summary): Doing[] {
  const { arrivals, resolutionMs = 0, errorMs } = summary.generator;
  const sent = { did: 'sent', resolutionMs, why: because(summary) };
  const usual = [...sentFigures(summary, 'p99', errorMs), ...spreadFigures(summary, 'p99', errorMs)];
  const sends = [
    { ...sent, at: USUAL, errorMs, figures: usual },
    ...tailsOf(summary).map((tail) => ({ ...sent, ...tail })),
    ...phasesOf(summary).map((phase) => ({ ...sent, ...phase })),
  ];
  if (arrivals === undefined) return sends;
  const figures = arrivalFigures(summary, arrivals.errorMs);
  return [...sends, { did: 'connected', at: USUAL, resolutionMs: 0, ...arrivals, figures, why: '' }];
}

/** The last thousandth, where a rule on it is broken. */
function tailsOf(summary: Summary): Pick<Doing, 'at' | 'errorMs' | 'figures'>[] {
  const broken = brokenRules(summary);
  return TAILS.map(({ quantile, written, at }) => {
    const errorMs = summary.latencyMs.lateness?.[quantile] ?? 0;
    const all = [...sentFigures(summary, quantile, errorMs), ...spreadFigures(summary, quantile, errorMs)];
    const figures = all.filter(({ name }) =>
      broken.some((rule) => written.some((word) => rule.includes(`${name}.${word}`))),
    );
    return { at, errorMs, figures };
  });
}

/** Each phase by itself of which a rule is broken: in the whole run a short or a quiet one does not show. */
function phasesOf(summary: Summary): Pick<Doing, 'did' | 'at' | 'errorMs' | 'figures'>[] {
  return summary.phases.map((phase) => {
    const broken = brokenRules(summary).filter((rule) => breaks(rule, phase.id, summary));
    const errorMs = phase.latencyMs.lateness?.p99 ?? 0;
    const figures = sentFigures(phase, 'p99', errorMs).filter(({ name }) =>
      broken.some((rule) => rule.includes(`.${name}.`)),
    );
    return { did: `sent in phase "${phase.id}"`, at: 'at 99 %', errorMs, figures };
  });
}

function brokenRules({ rules }: Summary): string[] {
  return rules.filter(({ ok }) => ok === false).map(({ rule }) => rule);
}

/** Whether a broken rule is on a phase, or on all of them and broken by this one. */
function breaks(rule: string, phase: string, summary: Summary): boolean {
  if (!rule.startsWith('phases.*.')) return rule.startsWith(`phases.${phase}.`);
  const own = { rule: rule.replace('*', phase) };
  return evaluateRules([own], summary).some(({ ok }) => !ok);
}

function sentFigures(
  { latencyMs, messages }: Pick<Summary, 'latencyMs'> & { messages: Pick<Summary['messages'], 'received'> },
  quantile: Quantile,
  errorMs: number,
): Figure[] {
  const { response, service, push } = latencyMs;
  const common = { quantile, errorMs, isWanted: true };
  const figures: Figure[] = [];
  if (response !== undefined) {
    const value = response[quantile];
    // What it would be had every message left in time, but for answers that were read late.
    const inTime = service?.[quantile] ?? value;
    const beside = `, of service ${formatMs(inTime)}`;
    const shiftMs = value - inTime - chance(value, BEYOND[quantile] * messages.received);
    figures.push({ ...common, name: 'response', value, shiftMs, beside });
  }
  if (push !== undefined)
    figures.push({ ...common, name: 'push', value: push[quantile], shiftMs: 0, beside: '' });
  return figures;
}

/** How publications spread, where a rule on it is broken: the first subscriber may have them long before most. */
function spreadFigures(summary: Summary, quantile: Quantile, errorMs: number): Figure[] {
  const broken = brokenRules(summary);
  return (['first', 'median', 'last'] as const).flatMap((which) => {
    const name = `fanoutMs.${which}` as const;
    const value = summary.fanoutMs?.[which][quantile];
    if (value === undefined || !broken.some((rule) => rule.startsWith(`${name}.`))) return [];
    return [{ name, quantile, value, errorMs, shiftMs: 0, isWanted: true, beside: '' }];
  });
}

/** How far a quantile with so many beyond it may be off by chance: where the tail is heavy, as uncertain as their count. */
function chance(value: number, beyond: number): number {
  return (STANDARD_ERRORS * value) / Math.sqrt(beyond);
}

/** Nearly every run takes the times of connecting on its way, and few of them are about these. */
function arrivalFigures({ latencyMs, rules }: Summary, errorMs: number): Figure[] {
  return (['connect', 'recovery'] as const).flatMap((name) => {
    const value = latencyMs[name]?.p99;
    if (value === undefined) return [];
    const isWanted = rules.some(({ rule }) => rule.includes(`latencyMs.${name}.`));
    return [{ name, quantile: 'p99', value, errorMs, shiftMs: 0, isWanted, beside: '' }];
  });
}

/** What kept the generator from its work, where that can be told. */
function because({ generator }: Summary): string {
  const waited = Math.max(0, ...generator.processes.map((each) => each.waitMsPerSecond)) / MILLISECONDS;
  return waited > 0 ? `; it was ready and had no processor for ${percent(waited)} of the time` : '';
}

function formatMs(milliseconds: number): string {
  return `${milliseconds.toFixed(2)} ms`;
}
