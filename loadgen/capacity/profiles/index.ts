/** Door of `profiles`: what users do, apart from how many there are. */
export { profileNames } from './built-in.ts';
export type { Profile } from './profile.ts';
export { loadOf, ratesOf, usersOf } from './rates.ts';
export { readProfile } from './read-profile.ts';
export { scenarioOf } from './scenario-of.ts';
