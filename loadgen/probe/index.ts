/** Door of `probe`: what target and host tell of themselves during a run. */
export { probeEverySecond } from './every-second.ts';
export { fetchState, type Look } from './probe.ts';
