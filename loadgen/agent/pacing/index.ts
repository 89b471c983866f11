export { lanesOf } from './lanes.ts';
export { type Fire, type Lane, Timers } from './timers.ts';
