/** Runs side by side: the first is what all others are held against. */
import { blocksOf } from './blocks.ts';
import { changeInterval, type Interval } from './bootstrap.ts';
import { checkComparable, type NamedRun } from './comparable.ts';
import { type Subject, subjects } from './subjects.ts';

/** What a difference comes to. `unclear`: it may be chance; `same`: there is none; `incomparable`: it means nothing. */
export type Outcome = 'better' | 'worse' | 'changed' | 'unclear' | 'same' | 'incomparable';

/** A figure of one run, and how it differs from the first run's. */
export interface Compared {
  /** Null where the run has none, or one that means something else. */
  value: number | null;
  /** As a share of the first run's figure: 0.1 is ten per cent more. Null where there is nothing to divide by. */
  change: number | null;
  interval?: Interval;
  outcome: Outcome;
}

export interface Row {
  subject: Subject;
  /** The first run's figure. */
  reference: number | null;
  /** Those of all others, in their order. */
  others: Compared[];
}

export interface Comparison {
  runs: { run: NamedRun['run']; source: string; letter: string }[];
  rows: Row[];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * Compares runs with the first of them.
 *
 * @throws ClusterError USAGE_WRONG, RUN_INVALID or RUNS_DIFFER when they cannot be compared.
 */
export function compareRuns(runs: readonly NamedRun[]): Comparison {
  checkComparable(runs);
  const blocks = runs.map(({ run }) => blocksOf(run));
  const rows = subjects.flatMap((subject): Row[] => {
    const values = runs.map(({ run }) => subject.of(run.summary) ?? null);
    if (values.every((value) => value === null)) return [];
    const [reference = null, ...rest] = values;
    const bases = runs.map(({ run }) => subject.basis?.(run.summary));
    const others = rest.map((value, index): Compared => {
      if (reference !== null && value !== null && bases[index + 1] !== bases[0])
        return { value: null, change: null, outcome: 'incomparable' };
      const { ofBlocks } = subject;
      const interval = ofBlocks && changeInterval(blocks[0] ?? [], blocks[index + 1] ?? [], ofBlocks);
      const change = reference === null || value === null || reference === 0 ? null : value / reference - 1;
      const outcome = outcomeOf(subject, { reference, value, interval });
      return { value, change, ...(interval && { interval }), outcome };
    });
    return [{ subject, reference, others }];
  });
  return {
    runs: runs.map((named, index) => ({ ...named, letter: LETTERS[index] ?? String(index + 1) })),
    rows,
  };
}

interface Judged {
  reference: number | null;
  value: number | null;
  interval: Interval | undefined;
}

/** Counts that no chance has part in differ as soon as they differ; all else must leave its interval. */
function outcomeOf({ better, isExact = false }: Subject, { reference, value, interval }: Judged): Outcome {
  if (reference === null || value === null) return 'unclear';
  if (reference === value) return 'same';
  if (!isExact && (interval === undefined || (interval.low <= 0 && interval.high >= 0))) return 'unclear';
  if (better === 'neither') return 'changed';
  return value > reference === (better === 'higher') ? 'better' : 'worse';
}
