/** What many searches came to: a table, and whether they kept what is promised. */
import { bandOf } from '../../../loadgen/capacity/predictions/index.ts';
import { median, quantile } from '../../../reports/gate/statistics/index.ts';
import { PLANTED, SPREADS } from './jobs.ts';
import type { Outcome } from './run-job.ts';

/** Chance to each side that a promise which is kept counts as broken: 1 % in all. */
const TAIL = 0.005;

/**
 * Makes the tables. What is promised is kept where intervals of all searches together hold nine times of ten, as far as
 * chance allows, and every guard is raised. A spread by itself is marked where it is off: the search reckons with all of
 * them alike, and so is too careful with the smallest and promises too much for the largest.
 */
export function tell(outcomes: readonly Outcome[]): { text: string; isKept: boolean } {
  const of = (row: string): Outcome[] => outcomes.filter((outcome) => outcome.row === row);
  const spreads = SPREADS.map((spread) => ({ name: percent(spread), outcomes: of(`${spread}`) }));
  const all = { name: 'all', outcomes: spreads.flatMap((row) => row.outcomes) };
  const intervals = [...spreads, all].map((row) => ({ ...row, ...coverageOf(row.outcomes) }));
  const guards = PLANTED.map((name) => ({ name, ...raisedOf(of(name)) }));
  const text = [
    '| spread | searches | interval held | 90 % allows | | trials | 95 % | width |',
    '|---|---:|---:|---:|---|---:|---:|---:|',
    ...intervals.map(({ band, held, name, outcomes: own, off }) => {
      const { length } = own;
      const trials = own.map((outcome) => outcome.trials);
      const widths = own.flatMap(({ width }) => (width === null ? [] : [width]));
      const allowed = `${percent(band.least / length)} to ${percent(band.most / length)}`;
      return `| ${name} | ${length} | ${percent(held / length)} | ${allowed} | ${off} | ${median(trials)} | ${Math.round(quantile(trials, 0.95))} | ${percent(median(widths))} |`;
    }),
    '',
    '| planted | searches | seen | guard raised | |',
    '|---|---:|---:|---:|---|',
    ...guards.map(({ isKept, name, raised, searches, seen }) => {
      return `| ${name} | ${searches} | ${seen} | ${percent(raised / Math.max(1, seen))} | ${isKept ? '' : 'not always'} |`;
    }),
    '',
  ];
  const areHeld = coverageOf(all.outcomes).off === '';
  return { text: text.join('\n'), isKept: areHeld && guards.every(({ isKept }) => isKept) };
}

function coverageOf(outcomes: readonly Outcome[]) {
  const held = outcomes.filter(({ isKept }) => isKept === true).length;
  const band = bandOf(outcomes.length, TAIL);
  const off = held < band.least ? 'too rarely' : held > band.most ? 'too often' : '';
  return { held, band, off };
}

function raisedOf(outcomes: readonly Outcome[]) {
  const seen = outcomes.filter(({ isKept }) => isKept !== null);
  const raised = seen.filter(({ isKept }) => isKept === true).length;
  return { searches: outcomes.length, seen: seen.length, raised, isKept: raised === seen.length };
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
