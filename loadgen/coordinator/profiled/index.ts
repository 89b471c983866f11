/** Door of `profiled`: records of runs that were profiled. */
export { forgetProfile } from './forget-profile.ts';
