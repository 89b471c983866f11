/** Door of `measured`: what trials amount to, as the table of fleets wants it. */
export { type Answer, measuredOf } from './measured.ts';
export { measuredOfIdle } from './measured-idle.ts';
