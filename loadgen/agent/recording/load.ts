/** What the load process itself costs. Sampled once a second, so that it stays out of what it measures. */
import { PerformanceObserver, performance } from 'node:perf_hooks';
import { throttledMs, waitedMs } from '../../host/index.ts';
import type { Window } from '../../results/index.ts';

/** Watches the process it is created in. */
export interface LoadMeter {
  /** CPU since the start of the process; memory now; all else since the last read. */
  read(): Window['load'];
  close(): void;
}

/** Starts to watch this process. */
export function createLoadMeter(): LoadMeter {
  let gcMs = 0;
  const collections = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) gcMs += entry.duration;
  });
  collections.observe({ entryTypes: ['gc'] });
  let lastLoop = performance.eventLoopUtilization();
  let last = { waited: waitedMs(), throttled: throttledMs() };
  return {
    read() {
      const { user, system } = process.cpuUsage();
      const loop = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(loop, lastLoop);
      const collected = gcMs;
      const now = { waited: waitedMs(), throttled: throttledMs() };
      const [waitMs, throttled] = [now.waited - last.waited, now.throttled - last.throttled];
      last = now;
      lastLoop = loop;
      gcMs = 0;
      return {
        pid: process.pid,
        cpuMicros: user + system,
        rssBytes: process.memoryUsage.rss(),
        loopUtilisation: utilization,
        gcMs: collected,
        waitMs,
        throttledMs: throttled,
      };
    },
    close: () => collections.disconnect(),
  };
}
