/** How fast a type is beside the machine that was measured, and how well that is known. */
import { type Instance, type Tier, tiers } from '../../instances/index.ts';
import type { Machine, ScoredInstance } from '../question.ts';

/** What is known of the speed of a type. */
export interface Evidence {
  readonly tier: Tier;
  /** Work a vCPU does with all of them busy, times what one of the measured machine does. */
  readonly speed: number;
  /** Standard deviation of its natural logarithm. */
  readonly spread: number;
}

/** What the speed of types is judged by. */
export interface Known {
  readonly machine: Machine;
  readonly scores: readonly ScoredInstance[];
}

/**
 * Work of a thread beside another on its core, against work of a thread that has the core to itself: two together do up
 * to 30 % more than one (Marr et al., "Hyper-Threading Technology Architecture and Microarchitecture", Intel
 * Technology Journal, 2002). Used only where no score of the machine tells it.
 */
const BESIDE_ANOTHER = 1.3 / 2;

/** Gives the best that is known of a type: of several ways to tell its speed, the one that is least uncertain. */
export function evidenceOf(instance: Instance, known: Known): Evidence {
  const { machine } = known;
  const ways = [
    ...fromMachine(instance, machine),
    ...fromScores(instance, known),
    { tier: 'T4' as const, speed: sharing(instance, machine), spread: tiers.T4.spread },
  ];
  return ways.reduce((best, way) => (way.spread < best.spread ? way : best));
}

/** Where costs were measured and no capacity was searched, the type itself is known no better than a calibrated one. */
function fromMachine(instance: Instance, { instance: measured, isSearched = true }: Machine): Evidence[] {
  if (measured === undefined) return [];
  const own = isSearched ? 'T0' : 'T1';
  const tier = measured.type === instance.type ? own : likeness(instance, measured);
  if (tier === undefined) return [];
  const spread = tier === own ? tiers[own].spread : Math.hypot(tiers[own].spread, tiers[tier].spread);
  return [{ tier, speed: 1, spread }];
}

/** A score of the type itself, or of one that is like it; a likeness adds its own uncertainty. */
function fromScores(instance: Instance, { machine, scores }: Known): Evidence[] {
  const own = machine.score;
  if (own === undefined) return [];
  return scores.flatMap(({ instance: scored, score }): Evidence[] => {
    const speed = own.busy / score.busy;
    if (scored.type === instance.type) return [{ tier: 'T1', speed, spread: tiers.T1.spread }];
    const tier = likeness(instance, scored);
    if (tier === undefined) return [];
    return [{ tier, speed, spread: Math.hypot(tiers.T1.spread, tiers[tier].spread) }];
  });
}

function likeness(one: Instance, other: Instance): Tier | undefined {
  if (one.family === other.family) return 'T2';
  return one.processor === other.processor ? 'T3' : undefined;
}

/** All that figures of other vendors tell for sure: whether vCPUs share cores. */
function sharing(instance: Instance, machine: Machine): number {
  if (instance.sharesCore === machine.sharesCore) return 1;
  const { score } = machine;
  const beside = machine.sharesCore && score ? score.single / score.busy : BESIDE_ANOTHER;
  return instance.sharesCore ? beside : 1 / beside;
}
