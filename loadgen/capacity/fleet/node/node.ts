/** What one host of a fleet carries. */
import { type Estimate, estimateBetween } from '../../estimate/index.ts';
import type { CompleteQuestion } from '../question.ts';
import { chanceOf, usersAt } from './chance.ts';
import { type Host, type Limit, type LimitName, limitsOf } from './limits.ts';

/** Users that one limit lets through. */
export interface LimitUsers {
  readonly name: LimitName;
  /** As likely as not. */
  readonly users: number;
}

/** One host of a fleet. */
export interface Node {
  /** Users that all limits together let through. */
  readonly capacity: Estimate;
  /** Each limit on its own, the one that binds first at the beginning. */
  readonly limits: readonly LimitUsers[];
}

/** Users from which on a limit is none. */
const UNLIMITED = 2 ** 40;

/** Gives what a host carries; the name of a limit that lets nobody in where there is one. */
export function nodeOf(host: Host, question: CompleteQuestion): Node | { stoppedBy: LimitName } {
  const bounds = limitsOf(host, question);
  const [lower, median, upper] = [0.95, 0.5, 0.05].map((chance) => usersAt(bounds, chance));
  const limits = bounds
    .map(({ name, ...bound }) => ({ name, users: usersAt([bound], 0.5) }))
    .filter(({ users }) => users < UNLIMITED)
    .sort((one, other) => one.users - other.users);
  if (!lower || !median || !upper) return { stoppedBy: firstToStop(bounds) };
  return {
    capacity: estimateBetween({ lower, median: Math.max(lower, median), upper: Math.max(median, upper) }),
    limits,
  };
}

/** Gives the chance that a host carries so many users. */
export function chanceOn(host: Host, question: CompleteQuestion, users: number): number {
  return chanceOf(limitsOf(host, question), users);
}

function firstToStop(bounds: readonly Limit[]): LimitName {
  const ranked = bounds.toSorted((one, other) => chanceOf([one], 1) - chanceOf([other], 1));
  return ranked[0]?.name ?? 'processors';
}
