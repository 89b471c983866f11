/** Door of the names of other versions. */
export { objects } from './names.ts';
