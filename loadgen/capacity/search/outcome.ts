/** From a judged trial to what a search learns of it. */
import { commonLimitsMs, judgeTrial, recoveryOf, type Slo, type Trial } from '../slo/index.ts';
import type { Outcome, Phase } from './state.ts';

/**
 * Judges a trial for a search. A recovery trial is the seconds after the overload, and ok when the target served as the
 * objective wants at some time in them.
 */
export function outcomeOf(
  trial: Trial,
  {
    slo,
    phase,
    guards = [],
    cpuMicrosPerMessage,
    utilisation,
  }: {
    slo: Slo;
    phase: Phase;
    /** A sentence for each guard of the load generator that tripped. */
    guards?: readonly string[];
    cpuMicrosPerMessage?: number | undefined;
    utilisation?: number | undefined;
  },
): Outcome {
  const judgement = judgeTrial(trial, slo);
  const common = {
    load: trial.load,
    ok: judgement.ok,
    okAtLimits: commonLimitsMs.map((limit) => judgement.okAtLimits[trial.limitsMs.indexOf(limit)] ?? false),
    reasons: judgement.reasons,
    guards,
    ...(cpuMicrosPerMessage !== undefined && { cpuMicrosPerMessage }),
    ...(utilisation !== undefined && { utilisation }),
  };
  if (phase !== 'recovery') return common;
  const after = recoveryOf(trial, slo);
  return after === undefined
    ? { ...common, ok: false }
    : { ...common, ok: true, recoveredAfterSeconds: after };
}

/** Makes the outcome of a trial under which the target ended, of which there are no figures. */
export function fallenOutcome(load: number, lastWords: string): Outcome {
  return {
    load,
    ok: false,
    okAtLimits: commonLimitsMs.map(() => false),
    reasons: [],
    guards: [],
    fellOver: lastWords,
  };
}
