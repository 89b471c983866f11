/** Door of `node`: what one host of a fleet carries, and how well that is known. */
export { type Evidence, evidenceOf } from './evidence.ts';
export type { Host, LimitName } from './limits.ts';
export { chanceOn, type LimitUsers, type Node, nodeOf } from './node.ts';
export { busyOf } from './traffic.ts';
