/** Door of `hop`: what a publication costs on the way between our own processes. */
export { hopFigures, startHop } from './hop.ts';
