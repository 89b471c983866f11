/** Door of `file`: profiles of one's own. */
export { profileFrom } from './profile-from.ts';
