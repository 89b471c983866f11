/** Door of `measured`: what trials amount to, as the table of fleets wants it. */
export { measuredOf } from './measured.ts';
