/** Door of `file`: profiles of one's own. */
export { loadValue } from './load-value.ts';
export { profileFrom } from './profile-from.ts';
