/** Waiting for a neighbour to be done: what is measured meanwhile would only be measured again. */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { readCoreTime } from './core-time.ts';

/** How long to wait, and what tells. */
export interface Waiting {
  /** Whether there is time to wait on. Default: there is. */
  mayWait?(): boolean;
  /** Gives the share of a moment in which others had the core. Default: a moment of work tells. */
  probe?(): Promise<number>;
  /** Between two looks, milliseconds. Default 1,000. */
  pauseMs?: number;
}

/** Most that others may take of a calm host. */
const CALM_SHARE = 0.02;
/** Looks before it is measured all the same: a neighbour that stays is for the guards to judge. */
const MOST_LOOKS = 60;

/** Only a core that wants to work sees that it is taken: the probe works, in turns as short as a window's slices. */
const TURNS = 5;
const TURN_MS = 100;

const PAUSE_MS = 1_000;

/** Resolves when the host is calm, or when there is no more time to wait for that. */
export async function waitForCalm({
  mayWait = () => true,
  probe = probeHost,
  pauseMs = PAUSE_MS,
}: Waiting = {}): Promise<void> {
  for (let look = 1; look <= MOST_LOOKS && mayWait(); look += 1) {
    if ((await probe()) <= CALM_SHARE) return;
    await sleep(pauseMs);
  }
}

/** Works for half a second and gives the share of it in which another guest or another process had the core. */
export async function probeHost(): Promise<number> {
  const before = readCoreTime(undefined);
  let micros = 0;
  let waited = 0;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const cpu = process.cpuUsage();
    const from = performance.now();
    while (performance.now() - from < TURN_MS);
    const took = (performance.now() - from) * 1_000;
    const { system, user } = process.cpuUsage(cpu);
    micros += took;
    waited += Math.max(0, took - user - system);
    await setImmediate();
  }
  const stolen = readCoreTime(undefined).stolenMicros - before.stolenMicros;
  return Math.max(waited, stolen) / micros;
}
