/** Whether a planted slowdown is as large as it is said to be: a long job that looks at CPU per message alone, once. */
import type { Result } from '../../../../reports/gate/index.ts';
import { ClusterError } from '../../../../server/errors/index.ts';
import type { BenchOptions } from '../../bench/index.ts';

type Injection = NonNullable<BenchOptions['inject']>;

/** How far from its size a slowdown may be, as a share of it. */
const TOLERANCE = 0.2;
const PER_CENT = 100;

/** No time for what is not asked: the response, and memory. */
export const verifyingLengths = { openSeconds: 0.25, idleUsers: 0 };

/** Rules of such a job: bounds that hold nine times of ten. */
export const verifyingRules = { attempt: 2, metrics: ['cpu'], quarantined: [] } as const;

/** What was found of a slowdown. */
export interface Verified {
  readonly sentence: string;
  /** Whether it is as large as it is said to be. */
  readonly isTrue: boolean;
}

/**
 * Checks that the size of an injection can be verified.
 *
 * @throws ClusterError OPTION_INVALID when there is none, or its size is not said in CPU.
 */
export function checkVerifiable(inject: Injection | undefined): Injection {
  if (inject?.kind === 'parse') return inject;
  const what = inject === undefined ? 'nothing' : `"${inject.kind}"`;
  throw new ClusterError(`Cannot verify the size of ${what}: wanted --inject parse:SIZE`, {
    code: 'OPTION_INVALID',
  });
}

/** Says how large the slowdown was found to be; undefined where the job came to no answer. */
export function verifySize({ kind, size }: Injection, { rows, isFinished }: Result): Verified | undefined {
  const row = rows.find(({ metric }) => metric === 'cpu');
  if (!isFinished || row === undefined) return undefined;
  const isTrue = Math.abs(row.effect - size / PER_CENT) <= (TOLERANCE * size) / PER_CENT;
  const bounds = `${percent(row.lower)} to ${percent(row.upper)}`;
  const found = `${kind}:${size} costs ${percent(row.effect)} of CPU per message (${bounds}, ${row.blocks} blocks)`;
  return { sentence: `${found}: ${isTrue ? 'within a fifth of its size' : 'not its size'}`, isTrue };
}

function percent(share: number | null): string {
  return share === null ? '?' : `${(share * PER_CENT).toFixed(1)} %`;
}
