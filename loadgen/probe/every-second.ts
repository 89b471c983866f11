/** Has the probe look at the end of each second of a run. */
import { createProbe, type Look } from './probe.ts';

const SECOND_MS = 1_000;

/**
 * Starts looking.
 *
 * @param stateUrls URLs of the target's state, one a host; none for a target that has none.
 * @param startAt The run's start, milliseconds since the epoch.
 * @param httpPid The process that makes HTTP requests, if there is one.
 */
export function probeEverySecond(
  stateUrls: readonly string[],
  startAt: number,
  take: (look: Look) => void,
  httpPid?: number,
): { stop(): void } {
  const look = createProbe(stateUrls, startAt, httpPid);
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const schedule = (second: number): void => {
    const due = startAt + (second + 1) * SECOND_MS - (performance.timeOrigin + performance.now());
    timer = setTimeout(
      () => {
        void look(second).then((found) => {
          if (!isStopped) {
            take(found);
          }
        });
        schedule(second + 1);
      },
      Math.max(0, due),
    );
  };
  schedule(0);
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
