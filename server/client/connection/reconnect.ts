/** When a client comes back after its connection ended, and after what pause. Pure. */

/** How long to wait before attempt n, counted from 0: `(initialDelay + randomness * random) * multiplier ** n`. */
export interface ReconnectOptions {
  /** Milliseconds. Default: 10,000. */
  initialDelay: number;
  /** Most milliseconds that chance adds, so that not all come back at once. Default: 10,000. */
  randomness: number;
  /** Default: 1.5. */
  multiplier: number;
  /** Milliseconds no pause exceeds. Default: 60,000. */
  maxDelay: number;
}

/** Endings that may just mean that the device slept: missed pings, missed pongs, no status. */
const AT_ONCE = new Set([1005, 4000, 4001]);

const NORMAL = 1000;
/** From this code on, the server wants the client never to return. */
const FIRST_PERMANENT = 4500;

/** Tells whether a client may return after its connection ended with this code. */
export function mayReturn(code: number): boolean {
  return code !== NORMAL && code < FIRST_PERMANENT;
}

/** An ending, and how often the client has tried to return since it was last open. */
export interface Ending {
  code: number;
  attempt: number;
  /** From 0 to below 1. */
  random: number;
}

/** Returns the pause before the next attempt, ms, or undefined when there shall be none. */
export function reconnectDelay(
  { code, attempt, random }: Ending,
  { initialDelay, randomness, multiplier, maxDelay }: ReconnectOptions,
): number | undefined {
  if (!mayReturn(code)) {
    return undefined;
  }
  if (attempt === 0 && AT_ONCE.has(code)) {
    return 0;
  }
  return Math.min(maxDelay, Math.round((initialDelay + randomness * random) * multiplier ** attempt));
}
