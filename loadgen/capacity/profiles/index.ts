/** Door of `profiles`: what users do, by name or by a file, and the scenarios and rates that follow from it. */
export { builtInProfiles } from './built-in.ts';
export type { GivenRates, Profile } from './profile.ts';
export {
  isMostlyIdle,
  loadOf,
  pingIntervalMsOf,
  ratesOf,
  usersOf,
  type Workload,
  workloadOf,
} from './rates/index.ts';
export { readProfile } from './read-profile.ts';
export { scenarioOf, type TrialWish } from './scenario-of.ts';
