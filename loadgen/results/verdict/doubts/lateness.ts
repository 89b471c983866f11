/**
 * Whether the generator was too late for the times it took. What makes it late delays a message twice, when it leaves
 * and when its answer is read, and only the first shows: how late it was at 99.5 % stands for what a p99 is off by.
 */
import type { Summary } from '../../summary.ts';
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

/** A time that was taken, and what the generator may have added to its p99. */
interface Figure {
  name: 'response' | 'push' | 'connect' | 'recovery';
  p99: number;
  errorMs: number;
  /**
   * What sending late did to the p99 itself, beyond what chance may have done. A few sends that are very late do much to
   * a thin tail, which `errorMs` does not see. It spoils a run, but is no reason to doubt one.
   */
  shiftMs: number;
  /** Whether anybody asks for it. One that nobody asks for spoils no run. */
  isWanted: boolean;
  /** What else tells of it. */
  beside: string;
}

/** One of the two things that a generator does in time or late. */
interface Doing {
  /** What a sentence says of it. */
  did: string;
  errorMs: number;
  resolutionMs: number;
  figures: Figure[];
  why: string;
}

const MILLISECONDS = 1_000;

/** Share of the messages beyond a p99, and of how many standard errors chance is capable. */
const TAIL = 0.01;
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

function isSpoilt({ errorMs, shiftMs, p99 }: Figure, { resolutionMs }: Doing): boolean {
  return isBeyond(SPOILT, { errorMs: Math.max(errorMs, shiftMs), resolutionMs, p99 });
}

function isDoubtful({ errorMs, p99 }: Figure, { resolutionMs }: Doing): boolean {
  return isBeyond(DOUBTED, { errorMs, resolutionMs, p99 });
}

function isBeyond(
  { share, leastMs }: Line,
  { errorMs, resolutionMs, p99 }: { errorMs: number; resolutionMs: number; p99: number },
): boolean {
  return errorMs - resolutionMs > leastMs && errorMs > share * p99;
}

function sentence({ did, errorMs, resolutionMs, why }: Doing, off: readonly Figure[]): string[] {
  if (off.length === 0) return [];
  const late = `${formatMs(errorMs)} at 99.5 %${resolutionMs > 0 ? `, ${formatMs(resolutionMs)} of it from the way it sleeps` : ''}`;
  const times = off.map(({ name, p99, beside }) => `p99 of ${name} is ${formatMs(p99)}${beside}`);
  return [`The generator itself ${did} late: ${[late, ...times].join('; ')}${why}`];
}

function doings(summary: Summary): Doing[] {
  const { arrivals, resolutionMs = 0, errorMs } = summary.generator;
  const sends = { did: 'sent', errorMs, resolutionMs, figures: sentFigures(summary), why: because(summary) };
  if (arrivals === undefined) return [sends];
  const figures = arrivalFigures(summary, arrivals.errorMs);
  return [sends, { did: 'connected', resolutionMs: 0, ...arrivals, figures, why: '' }];
}

function sentFigures({ latencyMs, messages, generator: { errorMs } }: Summary): Figure[] {
  const { response, service, push } = latencyMs;
  const figures: Figure[] = [];
  if (response !== undefined) {
    const { p99 } = response;
    // What the p99 would be had every message left in time, but for answers that were read late.
    const inTime = service?.p99 ?? p99;
    const beside = `, of service ${formatMs(inTime)}`;
    const shiftMs = p99 - inTime - chance(p99, messages.received);
    figures.push({ name: 'response', p99, errorMs, shiftMs, isWanted: true, beside });
  }
  if (push !== undefined)
    figures.push({ name: 'push', p99: push.p99, errorMs, shiftMs: 0, isWanted: true, beside: '' });
  return figures;
}

/** How far a p99 of so many messages may be off by chance. Where the tail is heavy, its share is as uncertain as a count. */
function chance(p99: number, messages: number): number {
  return (STANDARD_ERRORS * p99) / Math.sqrt(TAIL * messages);
}

/** Nearly every run takes the times of connecting on its way, and few of them are about these. */
function arrivalFigures({ latencyMs, rules }: Summary, errorMs: number): Figure[] {
  return (['connect', 'recovery'] as const).flatMap((name) => {
    const p99 = latencyMs[name]?.p99;
    if (p99 === undefined) return [];
    const isWanted = rules.some(({ rule }) => rule.includes(`latencyMs.${name}.`));
    return [{ name, p99, errorMs, shiftMs: 0, isWanted, beside: '' }];
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
