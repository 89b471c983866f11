import { PerformanceObserver } from 'node:perf_hooks';

/** Watches garbage collection from now on. The returned function gives the time spent in it so far, milliseconds. */
export function watchGc(): () => number {
  let totalMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      totalMs += duration;
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => {
    for (const { duration } of observer.takeRecords()) {
      totalMs += duration;
    }
    return totalMs;
  };
}
