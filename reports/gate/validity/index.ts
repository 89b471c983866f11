/** Refusing rather than guessing: which windows count, and whether the job does. */
export { countDisturbed, type Disturbed, doubtsOf } from './doubts.ts';
export { defaultGuards, type Guards } from './guards.ts';
export { isWhole, keptEntries, pairsOf } from './pairs.ts';
