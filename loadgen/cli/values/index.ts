/** Door of `values`: what goes into commands, and what they end with. */
export { explain } from './explain.ts';
export { printSummary } from './print-summary.ts';
export { integer, names, port, positive, wanted } from './values.ts';
