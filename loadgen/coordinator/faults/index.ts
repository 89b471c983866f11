/** Door of `faults`: what a scenario does to the processes of its target while the load is on. */
export { announceFaults } from './announce.ts';
export { type FaultEvent, Faults } from './faults.ts';
