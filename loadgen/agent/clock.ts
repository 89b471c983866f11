/** Time within the run. */
import { performance } from 'node:perf_hooks';
import type { Clock } from '../drivers/index.ts';

/** A clock whose start is set once it is known. */
export class RunClock implements Clock {
  startEpochMs = 0;

  now(): number {
    // The monotonic clock: no correction of the wall clock can bend an interval.
    return (performance.timeOrigin - this.startEpochMs + performance.now()) / 1000;
  }
}
