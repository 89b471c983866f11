/**
 * How the clocks of two hosts stand to each other. Of several short exchanges the quickest one says most: the other
 * clock was read somewhere between question and answer, so half the round trip bounds the error, whatever the way.
 */
import { processClockMs } from '../host/index.ts';
import type { Bus } from './connection.ts';
import { type ClockAnswer, clockAnswer, readAs } from './messages.ts';

/** One question and its answer. */
export interface Exchange extends ClockAnswer {
  /** By the asking process's own clock. */
  askedMs: number;
  answeredMs: number;
}

/** How another host's clocks stand to this process's own. */
export interface ClockEstimate {
  /** Its monotonic clock minus ours. */
  offsetMs: number;
  /** How far that may be off, either way. */
  errorMs: number;
  roundTripMs: number;
  /** The clock on its wall minus ours. */
  wallOffsetMs: number;
}

/** Pause between two exchanges, milliseconds: they are not to queue behind each other. */
const PAUSE_MS = 5;
/** Time for an answer, milliseconds. */
const ANSWER_WITHIN_MS = 2_000;

/** Reads the quickest of some exchanges. @throws TypeError without any. */
export function estimateClock(exchanges: readonly Exchange[]): ClockEstimate {
  const [quickest] = exchanges.toSorted((one, other) => roundTripOf(one) - roundTripOf(other));
  if (quickest === undefined)
    throw new TypeError('Cannot estimate a clock: no exchange, wanted one at least');
  const roundTripMs = roundTripOf(quickest);
  const middle = quickest.askedMs + roundTripMs / 2;
  return {
    offsetMs: quickest.monotonicMs - middle,
    errorMs: roundTripMs / 2,
    roundTripMs,
    wallOffsetMs: quickest.wallMs - middle,
  };
}

/**
 * Asks for the time so many times, one after the other.
 *
 * @throws Error when one answer does not come, or tells no time.
 */
export async function askClock(
  bus: Pick<Bus, 'request'>,
  subject: string,
  times: number,
): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  for (let n = 0; n < times; n += 1) {
    if (n > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const askedMs = processClockMs();
    const told = await bus.request(subject, {}, ANSWER_WITHIN_MS);
    const answeredMs = processClockMs();
    const answer = readAs(clockAnswer, told);
    if (answer === undefined) throw new TypeError('Cannot tell a clock by what was answered');
    exchanges.push({ ...answer, askedMs, answeredMs });
  }
  return exchanges;
}

function roundTripOf({ askedMs, answeredMs }: Exchange): number {
  return answeredMs - askedMs;
}
