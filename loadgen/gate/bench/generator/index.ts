/** The load generator: a process of this tree, whatever builds are compared. */
export { now } from './crowd.ts';
export { Generator } from './generator.ts';
export { Ticker } from './loads.ts';
export type { LoadFigures } from './measure.ts';
export type { Load } from './messages.ts';
