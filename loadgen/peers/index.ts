/** Door of `peers`: our server, or our load process, measured beside others in one run. */
export { type ComparisonRequest, compare, usualComparisons } from './compare.ts';
export { meetsTargets } from './targets.ts';
