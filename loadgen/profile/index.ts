/** Door of `profile`: runs during which a process of the target is profiled. */
export { type ProfileWish, profiling } from './profile.ts';
export { toolNames } from './tools.ts';
