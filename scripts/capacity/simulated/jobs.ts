/** Which searches are made, each with its own seed: the same wish makes the same ones, in however many parts. */

/** Deviations of what a trial can carry, those that the search itself weighs. */
export const SPREADS = [0.01, 0.02, 0.04, 0.07, 0.12, 0.2] as const;

/** What is planted into clusters for a guard to find. */
export const PLANTED = ['generator', 'drift', 'hysteresis', 'backlog', 'losses'] as const;

/** One search. */
export type Job = { readonly seed: number } & (
  | { readonly spread: (typeof SPREADS)[number] }
  | { readonly planted: (typeof PLANTED)[number] }
);

/** What is asked for. */
export interface Wish {
  /** Searches whose intervals are tried; a tenth as many are made with each thing planted. */
  readonly searches: number;
  readonly seed: number;
}

/** A share of them. */
export interface Part extends Wish {
  /** Number of this part, from 0, and of all. */
  readonly part: number;
  readonly parts: number;
}

const SHARE_PLANTED = 0.1;

/** Distance of seeds of two wishes, farther than any has searches. */
const FAR = 1_000_003;

/** Gives the searches of a part. */
export function jobsOf({ part, parts, searches, seed }: Part): Job[] {
  const planted = Math.ceil(searches * SHARE_PLANTED);
  const spreads = Array.from({ length: searches }, (_, index) => {
    return { spread: SPREADS[index % SPREADS.length] ?? SPREADS[0] };
  });
  const guards = PLANTED.flatMap((each) => Array.from({ length: planted }, () => ({ planted: each })));
  return [...spreads, ...guards]
    .map((job, index): Job => ({ ...job, seed: seed * FAR + index }))
    .filter((_, index) => index % parts === part);
}
