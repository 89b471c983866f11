/** The load generator: a process of this tree, whatever builds are compared. */
export { Generator } from './generator.ts';
export type { LoadFigures } from './measure.ts';
export type { Load } from './messages.ts';
