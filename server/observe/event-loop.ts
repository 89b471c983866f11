/** How long the event loop keeps its timers waiting. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Delays of one period, milliseconds. */
export interface EventLoopDelay {
  p50: number;
  p99: number;
  max: number;
}

/** Fifty samples a second; taken natively they cost 0.2 % of a core, taken by a timer of our own 0.5 %. */
const RESOLUTION_MS = 20;

const NANOSECONDS_PER_MS = 1_000_000;

/** Among fewer samples than this the largest is the 99th percentile. */
const SAMPLES_FOR_P99 = 100;

/**
 * Watches the event loop from now on. Each call of the returned function gives the delays since the call
 * before it. An idle loop reads about 0.
 */
export function watchEventLoop(): () => EventLoopDelay {
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  monitor.enable();
  let readGap = watchGap();
  return () => {
    const gap = readGap();
    const p99 = delayOf(monitor.percentile(99));
    const delay = {
      p50: delayOf(monitor.percentile(50)),
      p99: monitor.count < SAMPLES_FOR_P99 ? Math.max(p99, gap) : p99,
      max: Math.max(delayOf(monitor.max), gap),
    };
    monitor.reset();
    readGap = watchGap();
    return delay;
  };
}

/**
 * The monitor records the time between two of its ticks, so the first tick after a reset records nothing
 * and a stall right after a reading would never be seen. One timer of the same length covers that gap.
 */
function watchGap(): () => number {
  const due = performance.now() + RESOLUTION_MS;
  let delay: number | undefined;
  setTimeout(() => {
    delay = performance.now() - due;
  }, RESOLUTION_MS).unref();
  return () => Math.max(0, delay ?? performance.now() - due);
}

/** The pause between two ticks is part of what the monitor counts. */
function delayOf(nanoseconds: number): number {
  return Math.max(0, nanoseconds / NANOSECONDS_PER_MS - RESOLUTION_MS);
}
