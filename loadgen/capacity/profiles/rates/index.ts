/** Door of `rates`: what one user of a profile does each second. */
export { fanOutsOf } from './fan-out.ts';
export { settleSecondsOf } from './presence.ts';
export { isMostlyIdle, loadOf, pingIntervalMsOf, ratesOf, usersOf } from './rates-of.ts';
export { type Workload, workloadOf } from './workload.ts';
