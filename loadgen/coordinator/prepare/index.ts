/** Door of `prepare`: what is known of a run before anything of it is started. */
export { locateFiles } from './own-files.ts';
export { serverOptions } from './own-server.ts';
export { type Prepared, type ProfiledProcess, prepareRun, type RunRequest } from './prepare.ts';
