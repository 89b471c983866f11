/** Door of `trial`: what a scenario would take of this host, asked by trying. */
export { consult } from './consult.ts';
