/** Door of `slo`: what a user wants of a target, and whether one trial gave it. */
export { median, normalBelow } from './chance.ts';
export { type Judgement, judgeTrial, type Reason, type ReasonName } from './judge.ts';
export { formatSlo, limitsOf, parseSlo, type Slo, type SloPoint } from './parse.ts';
export { recoveryOf } from './recovery.ts';
export { type Attainment, attainmentOf } from './share.ts';
export { slowedSlo } from './slowed.ts';
export { commonLimitsMs, type Trial, type TrialSecond } from './trial.ts';
