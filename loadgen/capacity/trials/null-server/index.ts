/** Door of `null-server`: a target that costs next to nothing. */
export { type NullServer, startNullServer } from './start.ts';
