/** What a reader of a capacity has to know beside the number. */
import type { ReasonName } from '../../slo/index.ts';
import type { Attempt, SearchState } from '../state.ts';
import { attemptsOf, ceilingOf, isTripped } from '../steps/index.ts';
import { driftOf } from './drift.ts';
import { wordLoad } from './words.ts';

/** Names of findings. */
export type FindingName =
  | 'generator-limited'
  | 'generator-mishap'
  | 'does-not-recover'
  | 'recovery-untried'
  | 'drift'
  | 'reference-failed'
  | 'fell-over'
  | 'losses'
  | 'saturation'
  | 'pauses';

/** Something that bears on a capacity. */
export interface Finding {
  readonly name: FindingName;
  /** With capital, without full stop. */
  readonly sentence: string;
}

/** Gives all findings, the gravest first. */
export function findingsOf(state: SearchState): Finding[] {
  return [falls, recovery, generator, drift, references, losses, regime].flatMap((find) => find(state));
}

function falls({ attempts }: SearchState): Finding[] {
  const fallen = attempts.filter(({ outcome }) => outcome.fellOver !== undefined);
  const [first] = fallen;
  if (first === undefined) return [];
  const times = fallen.length === 1 ? 'once' : `${fallen.length} times`;
  const words = `first at ${wordLoad(first.outcome.load)}: ${first.outcome.fellOver}`;
  return [{ name: 'fell-over', sentence: `The target ended under load ${times}, ${words}` }];
}

function recovery(state: SearchState): Finding[] {
  const last = attemptsOf(state, 'recovery').findLast((attempt) => !isTripped(attempt));
  if (last === undefined)
    return [
      { name: 'recovery-untried', sentence: 'Whether the target recovers from an overload was not tried' },
    ];
  if (last.outcome.ok) return [];
  const { seconds } = last.request;
  const sentence = `DOES NOT RECOVER: after an overload of ${wordLoad(last.request.overload ?? 0)} the target did not serve ${wordLoad(last.outcome.load)} again within ${seconds} s`;
  return [{ name: 'does-not-recover', sentence }];
}

function generator(state: SearchState): Finding[] {
  const tripped = state.attempts.filter(isTripped);
  const ceiling = ceilingOf(state);
  const [first] = tripped;
  if (first === undefined) return [];
  const guards = [...new Set(tripped.flatMap(({ outcome }) => outcome.guards))].join('; ');
  return Number.isFinite(ceiling)
    ? [
        {
          name: 'generator-limited',
          sentence: `The load generator cannot offer ${wordLoad(ceiling)}: ${guards}`,
        },
      ]
    : [
        {
          name: 'generator-mishap',
          sentence: `The load generator spoilt ${tripped.length} of ${state.attempts.length} trials: ${guards}`,
        },
      ];
}

function drift(state: SearchState): Finding[] {
  const found = driftOf(state);
  if (found === undefined) return [];
  const percent = Math.round((found.factor - 1) * 100);
  const sentence = `The host drifted: a message at the same load cost ${Math.abs(percent)} % ${percent > 0 ? 'more' : 'less'} processor time later; the interval is widened by it`;
  return [{ name: 'drift', sentence }];
}

function references(state: SearchState): Finding[] {
  const failed = attemptsOf(state, 'reference').filter(
    (attempt) => !attempt.outcome.ok && !isTripped(attempt),
  );
  const [first] = failed;
  if (first === undefined) return [];
  const why = first.outcome.reasons.map(({ sentence }) => sentence).join('; ');
  return [
    {
      name: 'reference-failed',
      sentence: `At ${wordLoad(first.outcome.load)}, half of the capacity, the objective was not met: ${why}`,
    },
  ];
}

/** Names of reasons that are no matter of time. */
const LOSSES: readonly ReasonName[] = ['connects', 'errors', 'unreconciled'];

/** Trials that failed above the capacity, or by chance: those of the loads in between tell of the other limits. */
function failures(state: SearchState): Attempt[] {
  return (['ramp', 'locate', 'confirm'] as const).flatMap((phase) =>
    attemptsOf(state, phase).filter((attempt) => !attempt.outcome.ok && !isTripped(attempt)),
  );
}

/** A target that loses or refuses messages is at its end however fast it answers all others. */
function losses(state: SearchState): Finding[] {
  const failed = failures(state);
  const lost = failed.flatMap(({ outcome }) => {
    const reason = outcome.reasons.find(({ name }) => LOSSES.includes(name));
    return reason === undefined ? [] : [{ load: outcome.load, reason }];
  });
  const [first] = lost.sort((one, other) => one.load - other.load);
  if (first === undefined) return [];
  const where = `in ${lost.length} of ${failed.length} trials that failed, at ${wordLoad(first.load)} at the least`;
  return [
    { name: 'losses', sentence: `Messages or connections were lost ${where}: ${first.reason.sentence}` },
  ];
}

/** Most failures above the capacity fall behind when the target is full, and are only late when it pauses. */
function regime(state: SearchState): Finding[] {
  const failed = failures(state).filter(({ outcome }) =>
    outcome.reasons.some(({ name }) => name === 'late' || name === 'growth'),
  );
  if (failed.length === 0) return [];
  const grown = failed.filter(({ outcome }) => outcome.reasons.some(({ name }) => name === 'growth')).length;
  if (2 * grown >= failed.length)
    return [
      {
        name: 'saturation',
        sentence: `The target was full: it fell behind in ${grown} of ${failed.length} trials that failed`,
      },
    ];
  return [
    {
      name: 'pauses',
      sentence: `The target paused: it kept up in ${failed.length - grown} of ${failed.length} trials that failed`,
    },
  ];
}
