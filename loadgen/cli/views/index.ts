/** Door of `views`: what `run` shows of a run before it begins and while it goes on. */
export { formatRehearsal } from './rehearsal.ts';
export { DEMONSTRATION, watch } from './watch.ts';
