/** Door of `peers`: our server measured beside other servers, in one run. */
export { type ComparisonRequest, compare, usualComparison } from './compare.ts';
export { formatComparison } from './table.ts';
