/** Door of `answer`: what trials amount to, as a plan holds it. */
export { type Answering, documentOf } from './document-of.ts';
export { pointsOf } from './scaling-part.ts';
