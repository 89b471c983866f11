/**
 * Blocks to verdicts. A job is judged anew from its first block whenever it is asked, so a live job, a record
 * read years later and a simulated job go through the same lines.
 */
import { holmLevels, type Look, levelAt } from '../looks/index.ts';
import { type MetricName, metrics, toScale } from '../metrics/index.ts';
import { type Comparison, compareBlocks, type Levels } from '../statistics/index.ts';
import { type Hypothesis, type Settings, spendingOf } from './settings.ts';

/**
 * What is said of one metric: worse or better by an amount that matters, different by one that does not, equal
 * within the margin, or not known.
 */
export type MetricVerdict = 'regression' | 'improvement' | 'immaterial' | 'unchanged' | 'inconclusive';

/** The differences of each metric, one for each block in the order of the blocks; positive is worse. */
export type Differences = { readonly [metric in MetricName]?: readonly number[] };

/** One gated metric after the look that settled it, or after the last. */
export interface Finding extends Comparison {
  readonly metric: MetricName;
  readonly verdict: MetricVerdict;
  /** Blocks it rests on. */
  readonly blocks: number;
  /** One-sided levels of its bounds; `pWorse` was held against the lower. */
  readonly levels: Levels;
}

/** What is known after so many blocks. */
export interface Judgement {
  readonly findings: readonly Finding[];
  /** Blocks the last look used; 0 before the first. */
  readonly blocks: number;
  /** Whether the job has its answer, early or at its last look. */
  readonly isFinished: boolean;
}

/** Judges a job by the looks its blocks reach. Blocks beyond a look wait for the next. */
export function judge(settings: Settings, differences: Differences): Judgement {
  let findings: Finding[] = [];
  let blocks = 0;
  for (const look of settings.looks) {
    if (settings.hypotheses.some(({ metric }) => (differences[metric]?.length ?? 0) < look.blocks)) break;
    findings = settleLook(settings, { look, differences, earlier: findings });
    blocks = look.blocks;
    if (mayEnd(settings, findings) || look === settings.looks.at(-1))
      return { findings, blocks, isFinished: true };
  }
  return { findings, blocks, isFinished: false };
}

/** Whatever an earlier look settled stays as it was. */
function settleLook(
  settings: Settings,
  { look, differences, earlier }: { look: Look; differences: Differences; earlier: readonly Finding[] },
): Finding[] {
  const settled = new Map(earlier.filter(isSettled).map((finding) => [finding.metric, finding]));
  const open = settings.hypotheses.filter(({ metric }) => !settled.has(metric));
  const rejected = [...settled.values()].filter(({ lower }) => lower > 0).length;
  const samples = open.map(({ metric }) => differences[metric]?.slice(0, look.blocks) ?? []);
  const levels = levelsAt(settings, { look, samples, open, rejected });
  open.forEach((hypothesis, index) => {
    const bounded = levels[index] ?? { lower: 0, upper: 0 };
    const comparison = compareBlocks(samples[index] ?? [], {
      levels: bounded,
      signsOnly: usesSigns(hypothesis),
    });
    const verdict = decide(hypothesis, comparison, bounded);
    const finding = {
      ...comparison,
      metric: hypothesis.metric,
      verdict,
      blocks: look.blocks,
      levels: bounded,
    };
    settled.set(hypothesis.metric, finding);
  });
  return settings.hypotheses.flatMap(({ metric }) => settled.get(metric) ?? []);
}

/** Before the last look all metrics have equal shares; at the last, each rejection leaves its share to the rest. */
function levelsAt(
  settings: Settings,
  {
    look,
    samples,
    open,
    rejected,
  }: { look: Look; samples: number[][]; open: readonly Hypothesis[]; rejected: number },
): Levels[] {
  const equal = levelAt(look, spendingOf(settings));
  if (look !== settings.looks.at(-1)) return open.map(() => ({ lower: equal, upper: equal }));
  const pValues = open.map((hypothesis, index) => {
    const options = { levels: { lower: equal, upper: equal }, signsOnly: usesSigns(hypothesis) };
    return compareBlocks(samples[index] ?? [], options).pWorse;
  });
  const level = settings.level * look.share;
  return holmLevels(pValues, { level, hypotheses: settings.hypotheses.length, rejected }).map((lower) => ({
    lower,
    upper: equal,
  }));
}

/** Both the bound and the test must reject: with ties and zeros one may be stricter than the other. */
function decide(hypothesis: Hypothesis, found: Comparison, levels: Levels): MetricVerdict {
  const floor = toScale(hypothesis.metric, hypothesis.materiality);
  const margin = toScale(hypothesis.metric, hypothesis.margin);
  const isWorse = found.lower > 0 && found.pWorse < levels.lower;
  if (isWorse && found.effect >= floor) return 'regression';
  if (found.upper < 0 && found.effect <= -floor) return 'improvement';
  const isDifferent = found.lower > 0 || found.upper < 0;
  if (found.upper < margin) return isDifferent ? 'immaterial' : 'unchanged';
  return 'inconclusive';
}

/**
 * A regression settles the job, whatever else is open: no later look takes it back, and further blocks could only let a
 * host that grows restless spoil an answer that was sure. All other answers want every metric that is awaited.
 */
function mayEnd({ hypotheses }: Settings, findings: readonly Finding[]): boolean {
  if (findings.some(({ verdict }) => verdict === 'regression')) return true;
  return hypotheses.every(({ metric, isPrimary, mayStayOpen }) => {
    const finding = findings.find((one) => one.metric === metric);
    return (finding !== undefined && isSettled(finding)) || (mayStayOpen && !isPrimary);
  });
}

function isSettled({ verdict }: Finding): boolean {
  return verdict !== 'inconclusive';
}

function usesSigns({ metric }: Hypothesis): boolean {
  return metrics[metric].scale === 'share';
}
