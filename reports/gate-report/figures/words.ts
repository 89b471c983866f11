/** How the figures of a gate are written, the same on terminal, page and pull request. */
import {
  ABSENT,
  formatCauses,
  formatClock,
  formatCount,
  formatDecimal,
  formatShare,
  formatSystem,
  formatThings,
} from '../../figures/index.ts';
import type { MetricName } from '../../gate/metrics/index.ts';
import { metrics } from '../../gate/metrics/index.ts';
import type { GateReport, ReportRow } from './schema.ts';

type Standing = NonNullable<GateReport['ledger']>['standings'][number];

const signs = {
  regression: '▼ regression',
  improvement: '▲ improvement',
  immaterial: '● immaterial',
  unchanged: '= unchanged',
  inconclusive: '? inconclusive',
};

const statusSigns = { pass: '✓', regression: '▼', inconclusive: '?', invalid: '?' };

const LEVELS = '▁▂▃▄▅▆▇█';

/** Names the answer in one word: `PASS`, `REGRESSION`, `INCONCLUSIVE` or `INVALID`. */
export function statusWord({ status }: Pick<GateReport, 'status'>): string {
  return status.toUpperCase();
}

/** Gives the sign that stands before it, readable without colour. */
export function statusSign({ status }: Pick<GateReport, 'status'>): string {
  return statusSigns[status];
}

/** Writes what is said of a metric, with a sign that needs no colour. */
export function writeVerdict({ verdict }: Pick<ReportRow, 'verdict'>): string {
  return verdict === undefined ? '· watched' : signs[verdict];
}

/** Writes an effect: `+5.1 %`, or `+2.0 pp` of a share; `?` where there is none. */
export function writeEffect(metric: MetricName, effect: number | null): string {
  if (effect === null) return '?';
  const text = Math.abs(effect * 100).toFixed(1);
  const sign = effect < 0 && text !== '0.0' ? '−' : '+';
  return `${sign}${text}${metrics[metric].scale === 'ratio' ? ' %' : ' pp'}`;
}

/** Writes a size that has no direction, as a materiality: `2.0 %`. */
export function writeSize(metric: MetricName, size: number): string {
  return writeEffect(metric, Math.abs(size)).slice(1);
}

/** Writes two bounds: `+3.2 % to +7.4 %`. A bound that so few blocks do not give is written `?`. */
export function writeBounds(
  metric: MetricName,
  { lower, upper }: { lower: number | null; upper: number | null },
): string {
  return `${writeEffect(metric, lower)} to ${writeEffect(metric, upper)}`;
}

/** Writes a median in the unit of its metric: `20.31 µs`. */
export function writeValue(metric: MetricName, value: number | undefined): string {
  const { scale, unit } = metrics[metric];
  if (scale === 'share') return formatShare(value);
  const text = value !== undefined && value >= 1_000 ? formatCount(value) : formatDecimal(value);
  return unit === '' || value === undefined ? text : `${text} ${unit}`;
}

/** Writes a chance with two digits that count: `0.00024`. */
export function writeChance(p: number): string {
  return p === 0 || p === 1 ? String(p) : p.toPrecision(2);
}

/** Writes a chance with the limit it was held against: `0.00024 < 0.0005`, or `0.31 ≥ 0.0005`. */
export function writeTest({ pWorse, limit }: Pick<ReportRow, 'pWorse' | 'limit'>): string {
  if (limit === undefined) return writeChance(pWorse);
  return `${writeChance(pWorse)} ${pWorse < limit ? '<' : '≥'} ${writeChance(limit)}`;
}

/** Writes the blocks of a row with the pairs that were measured again: `12, 3 pairs again`. */
export function writeBlocks({ blocks, pairsAgain }: Pick<ReportRow, 'blocks' | 'pairsAgain'>): string {
  return pairsAgain === 0 ? formatCount(blocks) : `${blocks}, ${formatThings(pairsAgain, 'pair')} again`;
}

/** Draws differences as text: the upper half is worse, the lower better, the middle no difference. */
export function sparkline(differences: readonly number[]): string {
  const most = Math.max(...differences.map(Math.abs));
  return differences
    .map((difference) => {
      const place = most === 0 ? 0.5 : (difference / most + 1) / 2;
      return LEVELS[Math.min(LEVELS.length - 1, Math.floor(place * LEVELS.length))];
    })
    .join('');
}

/** Says what was disturbed and how it was made good. */
export function validitySentence({ disturbed }: GateReport): string {
  const { pairs, disturbedPairs, blocksAgain, windows, pUneven, causes } = disturbed;
  if (disturbedPairs === 0 && blocksAgain === 0)
    return `None of ${formatThings(pairs, 'pair')} of windows was disturbed.`;
  return (
    `${formatCount(disturbedPairs)} of ${formatThings(pairs, 'pair')} of windows ${disturbedPairs === 1 ? 'was' : 'were'} disturbed and measured again` +
    ` (${formatCauses(causes)}); ${formatThings(windows.base, 'window')} of the base and ` +
    `${formatCount(windows.candidate)} of the candidate, as uneven by chance ${writeChance(pUneven)}; ` +
    `${formatThings(blocksAgain, 'block')} given up and measured again.`
  );
}

/** Says on which host, by which seed and when. */
export function machineSentence(report: GateReport): string {
  const { host, seed, startedAt, offeredPerSecond } = report;
  return (
    `${host.cpus} × ${host.model}, ${formatSystem(host)}; ` +
    `${formatCount(offeredPerSecond)} messages a second offered; ` +
    `${writePlan(report)}; seed ${seed}, started ${startedAt}.`
  );
}

/** Says how many blocks the job was allowed, and the time that they were to fit into, where one was set. */
export function writePlan({ time, looks, length }: GateReport): string {
  const most = `at most ${formatThings(looks.at(-1) ?? 0, `${length} block`)}`;
  if (time === undefined) return most;
  return `${most} of about ${formatDecimal(time.blockSeconds)} s, for a job of ${formatClock(time.limitSeconds)}`;
}

/** Says what is compared: `candidate HEAD (b2) against base main (a1)`, and what was planted into the candidate. */
export function buildsSentence({ base, candidate, injected }: GateReport): string {
  const planted = injected === undefined ? '' : ` with ${injected} planted`;
  return `candidate ${writeBuild(candidate)}${planted} against base ${writeBuild(base)}`;
}

/** Writes a build with the commit it stood for. */
function writeBuild({ name, commit }: GateReport['base']): string {
  return commit === undefined || commit === name ? name : `${name} (${commit.slice(0, 12)})`;
}

/** Gives the reasons that its sentence does not tell already: a red metric is in it, with more figures. */
export function furtherReasons({ status, sentence, reasons }: GateReport): string[] {
  return status === 'invalid' ? reasons.filter((reason) => !sentence.includes(reason)) : [];
}

/** Says how often a metric raised a false alarm, and how often it does at most. */
export function writeAlarms({ jobs, falseAlarms, bound }: Standing): string {
  if (jobs === 0) return 'no job yet';
  return `${formatCount(falseAlarms)} of ${formatThings(jobs, 'job')}, truly at most ${formatShare(bound)}`;
}

/** Says what was last put in and what was found of it. */
export function writeInjected({ metric, injected }: Standing): string {
  if (injected === undefined) return ABSENT;
  const { name, effect, found } = injected;
  return `${name} ${writeEffect(metric, effect)}, found ${writeEffect(metric, found)}`;
}
