/** Door of `profile`: the command. */
export { addProfile } from './profile.ts';
