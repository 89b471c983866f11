/** Door of `steps`: what each phase of a search tries next. */
export { confirmedLoad, nextConfirmLoad } from './confirm.ts';
export {
  attemptsOf,
  ceilingOf,
  isOneUser,
  isTripped,
  largestPass,
  largestTried,
  observationsOf,
  posteriorOf,
  trippedTimes,
  UNTRIED,
} from './history.ts';
export { nextLimitLoad, nextLocateLoad } from './locate.ts';
export { nextRampLoad } from './ramp.ts';
export { closingReference, dueRecovery, dueReference, dueSecondRecovery } from './side-trials.ts';
