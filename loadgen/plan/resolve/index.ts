/** From a scenario and the command line to a plan. */

export { lengthOf } from './load.ts';
export type { Overrides } from './overrides.ts';
export type { Resolved } from './resolve.ts';
export { resolvePlan } from './resolve.ts';
export { parseDuration, parseRate } from './units.ts';
