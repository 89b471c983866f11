/** What a generator does in time or late, and which figures that makes wrong. */
import { evaluateRules } from '../../../plan/index.ts';
import type { LoopDelay } from '../../generator/index.ts';
import type { FanoutTimes, PhaseSummary, Summary } from '../../summary.ts';
import { percent } from '../percent.ts';

/** A quantile of a time that was taken, and what the generator may have added to it. */
export interface Figure {
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
export interface Doing {
  /** What a sentence says of it. */
  did: string;
  /** Which share of the times `errorMs` holds for. */
  at: string;
  errorMs: number;
  resolutionMs: number;
  figures: Figure[];
  why: string;
}

/** How late it was for what it does with messages. */
interface Work {
  did: 'sent' | 'read';
  /** Which process `p995` is of, where it is of one. */
  where: string;
  delays: LoopDelay;
  delaysIn: (phase: PhaseSummary) => Pick<LoopDelay, 'p99'> | undefined;
}

/** What is told of a part of it. */
type Part = Pick<Doing, 'did' | 'at' | 'errorMs' | 'figures'>;

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

/** All that a generator did. What is in older records is less. */
export function doings(summary: Summary): Doing[] {
  const { arrivals, resolutionMs = 0 } = summary.generator;
  const messages = [sending(summary), ...reading(summary)].flatMap((work) => [
    wholeOf(summary, work),
    ...tailsOf(summary, work),
    ...phasesOf(summary, work),
  ]);
  const late = messages.map((part) => ({ ...part, resolutionMs, why: because(summary) }));
  if (arrivals === undefined) return late;
  const figures = arrivalFigures(summary, arrivals.errorMs);
  return [...late, { did: 'connected', at: USUAL, resolutionMs: 0, ...arrivals, figures, why: '' }];
}

function sending({ generator, latencyMs }: Summary): Work {
  const delays = { p99: 0, p999: 0, max: 0, ...latencyMs.lateness, p995: generator.errorMs };
  return { did: 'sent', where: '', delays, delaysIn: (phase) => phase.latencyMs.lateness };
}

function reading({ generator }: Summary): Work[] {
  const told = generator.processes.flatMap(({ id, loopDelayMs }) =>
    loopDelayMs === undefined ? [] : { id, ...loopDelayMs },
  );
  const [latest] = told.toSorted((one, other) => other.p995 - one.p995);
  if (latest === undefined) return [];
  const longest = (name: keyof LoopDelay): number => Math.max(...told.map((each) => each[name]));
  const delays = { ...latest, p999: longest('p999'), max: longest('max') };
  const where = ` in load process ${latest.id}`;
  return [{ did: 'read', where, delays, delaysIn: ({ loopDelayMs }) => loopDelayMs }];
}

function wholeOf(summary: Summary, { did, where, delays }: Work): Part {
  const errorMs = delays.p995;
  return {
    did,
    at: `${USUAL}${where}`,
    errorMs,
    figures: allOf(summary, did, { quantile: 'p99', errorMs }),
  };
}

/** The last thousandth, where a rule on it is broken. */
function tailsOf(summary: Summary, { did, delays }: Work): Part[] {
  const broken = brokenRules(summary);
  return TAILS.map(({ quantile, written, at }) => {
    const errorMs = delays[quantile];
    const figures = allOf(summary, did, { quantile, errorMs }).filter(({ name }) =>
      broken.some((rule) => written.some((word) => rule.includes(`${name}.${word}`))),
    );
    return { did, at, errorMs, figures };
  });
}

/** Each phase by itself of which a rule is broken: in the whole run a short or a quiet one does not show. */
function phasesOf(summary: Summary, { did, delaysIn }: Work): Part[] {
  return summary.phases.map((phase) => {
    const broken = brokenRules(summary).filter((rule) => breaks(rule, phase.id, summary));
    const errorMs = delaysIn(phase)?.p99 ?? 0;
    const figures = figuresOf(phase, did, { quantile: 'p99', errorMs }).filter(({ name }) =>
      broken.some((rule) => rule.includes(`.${name}.`)),
    );
    return { did, at: `at 99 % in phase "${phase.id}"`, errorMs, figures };
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

function allOf(summary: Summary, did: Work['did'], of: Pick<Figure, 'quantile' | 'errorMs'>): Figure[] {
  return [...figuresOf(summary, did, of), ...spreadFigures(summary, of)];
}

function figuresOf(
  { latencyMs, messages }: Pick<Summary, 'latencyMs'> & { messages: Pick<Summary['messages'], 'received'> },
  did: Work['did'],
  { quantile, errorMs }: Pick<Figure, 'quantile' | 'errorMs'>,
): Figure[] {
  const { response, service, push } = latencyMs;
  const common = { quantile, errorMs, isWanted: true, shiftMs: 0, beside: '' };
  const figures: Figure[] = [];
  if (response !== undefined && did === 'read') {
    figures.push({ ...common, name: 'response', value: response[quantile] });
  } else if (response !== undefined) {
    const value = response[quantile];
    // What it would be had every message left in time, but for answers that were read late.
    const inTime = service?.[quantile] ?? value;
    const beside = `, of service ${formatMs(inTime)}`;
    const shiftMs = value - inTime - chance(value, BEYOND[quantile] * messages.received);
    figures.push({ ...common, name: 'response', value, shiftMs, beside });
  }
  if (push !== undefined) figures.push({ ...common, name: 'push', value: push[quantile] });
  return figures;
}

/** How publications spread, where a rule on it is broken: the first subscriber may have them long before most. */
function spreadFigures(summary: Summary, of: Pick<Figure, 'quantile' | 'errorMs'>): Figure[] {
  const broken = brokenRules(summary);
  return (['first', 'median', 'last'] as const).flatMap((which) => {
    const name = `fanoutMs.${which}` as const;
    const value = summary.fanoutMs?.[which][of.quantile];
    if (value === undefined || !broken.some((rule) => rule.startsWith(`${name}.`))) return [];
    return [{ ...of, name, value, shiftMs: 0, isWanted: true, beside: '' }];
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

/** Milliseconds in a sentence. */
export function formatMs(milliseconds: number): string {
  return `${milliseconds.toFixed(2)} ms`;
}
