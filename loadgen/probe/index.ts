/** Door of `probe`: what target and host tell of themselves during a run. */
export { probeEverySecond } from './every-second.ts';
export type { Look } from './probe.ts';
export { fetchState } from './probe.ts';
