/** Whether the host was the same from the first trial to the last. */
import type { SearchState } from '../state.ts';
import { attemptsOf, isTripped } from '../steps/index.ts';

/** How far the processor time of a message at the same load went from the first reference trial. */
export interface Drift {
  /** Of the reference trial farthest from the first: its processor time as a multiple of the first one's. */
  readonly factor: number;
  /** The same as the size of its logarithm. */
  readonly move: number;
}

/** A move by more is the host's, not chance. */
const MOST_MOVE = 1.1;

/** Gives the drift; undefined when the host stayed within 10 % of itself, or no two reference trials can be compared. */
export function driftOf(state: SearchState): Drift | undefined {
  const [first, ...others] = attemptsOf(state, 'reference').flatMap((attempt) => {
    const { cpuMicrosPerMessage } = attempt.outcome;
    return isTripped(attempt) || cpuMicrosPerMessage === undefined ? [] : [cpuMicrosPerMessage];
  });
  if (first === undefined) return undefined;
  const drifts = others.map((cpu) => ({ factor: cpu / first, move: Math.abs(Math.log(cpu / first)) }));
  const [farthest] = drifts.sort((one, other) => other.move - one.move);
  return farthest && farthest.move > Math.log(MOST_MOVE) ? farthest : undefined;
}
