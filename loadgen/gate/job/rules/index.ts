/** Door of `rules`: what a job is held to, how much of it fits its time, and the true size of a planted slowdown. */
export { checkTime, fitJob, type JobTime, takesMemory } from './fit.ts';
export { checkMetrics, type Rules, rulesFor } from './rules.ts';
export { checkVerifiable, verifyingLengths, verifyingRules, verifySize } from './verify.ts';
