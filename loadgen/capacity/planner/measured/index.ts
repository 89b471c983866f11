/** Door of `measured`: what trials amount to, as the table of fleets wants it. */
export { type CostsFound, costsOf } from './costs-of.ts';
export { type Findings, measuredOf } from './measured.ts';
export { scalingOf } from './scaling-of.ts';
