/** Door of `shares`: what load processes are told of a run. */
export { bundleOf, sharesOf } from './shares.ts';
