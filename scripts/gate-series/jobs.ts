/** The jobs of a series: gates of which the truth is known before. */
import { deriveSeed } from '../../reports/gate/index.ts';

/** One gate. */
export interface Job {
  readonly name: string;
  /** Tells it apart in the ledger, and draws its coins. */
  readonly seed: string;
  /** What `scbench gate` is told beside builds, scenario and files. */
  readonly words: readonly string[];
  /** Longest time for it, builds included. */
  readonly minutes: number;
}

/** What a series consists of. */
export interface Series {
  /** That both builds are of. */
  readonly commit: string;
  readonly scenario: string;
  /** Gates of equal builds. */
  readonly equal: number;
  /** Slowdowns to put into one of them, % of CPU a message: a gate for each. */
  readonly injected: readonly number[];
  /** Those of which a long job finds out how large they truly are. */
  readonly verified: readonly number[];
}

const MINUTES = 11;
const LONG_MINUTES = 30;

/** Plans a series. The same commit, scenario and name always have the same seed, so that a series can be gone on with. */
export function planSeries({ commit, scenario, equal, injected, verified }: Series): Job[] {
  const job = (name: string, minutes: number, words: readonly string[]): Job => {
    return {
      name,
      minutes,
      seed: deriveSeed({ base: commit, candidate: name, scenario, attempt: 1 }),
      words: [...words, '--time', `${minutes}m`],
    };
  };
  return [
    ...Array.from({ length: equal }, (_, index) => job(`equal-${index + 1}`, MINUTES, [])),
    ...injected.map((size) => job(`parse-${size}`, MINUTES, ['--inject', `parse:${size}`])),
    ...verified.map((size) => job(`verify-${size}`, LONG_MINUTES, ['--inject', `parse:${size}`, '--verify'])),
  ];
}
