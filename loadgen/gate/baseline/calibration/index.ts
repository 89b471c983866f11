/** Door of `calibration`: how fast this host is at the moment. */
export { calibrate, scoreOf } from './calibrate.ts';
