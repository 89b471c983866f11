/** Time within the run. */
import { performance } from 'node:perf_hooks';
import type { Clock } from '../drivers/index.ts';

/** A clock whose start is set once it is known. */
export class RunClock implements Clock {
  /** The same number in every load process, on every host: publications carry times counted from it. */
  startEpochMs = 0;
  #ownStartMs: number | undefined;

  /**
   * Sets the common start.
   * @param epochMs Milliseconds since the epoch, as the coordinator tells everybody.
   * @param ownMs The same instant by this process's own clock. Default: as the coordinator's.
   */
  start(epochMs: number, ownMs: number = epochMs): void {
    this.startEpochMs = epochMs;
    this.#ownStartMs = ownMs;
  }

  now(): number {
    // The monotonic clock: no correction of the wall clock can bend an interval.
    return (performance.timeOrigin - (this.#ownStartMs ?? this.startEpochMs) + performance.now()) / 1000;
  }
}
