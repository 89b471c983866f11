/** Door of `simulated`: what searches promise, tried on clusters whose capacity is known. */
export { runParts } from './run-parts.ts';
export { tell } from './tell.ts';
