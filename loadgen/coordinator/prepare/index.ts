/** Door of `prepare`: what is known of a run before anything of it is started. */
export { type Prepared, type ProfiledProcess, prepareRun, type RunRequest } from './prepare.ts';
