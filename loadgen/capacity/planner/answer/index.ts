/** Door of `answer`: what trials amount to, as a plan holds it. */
export { documentOf } from './document-of.ts';
export { lawOf, pointsOf } from './scaling-part.ts';
