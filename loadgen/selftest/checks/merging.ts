/** Merge identity: what four processes measured adds up to what one would have measured. */

import { uniform } from '../../plan/index.ts';
import { createHistogram, decodeHistogram, type Histogram } from '../../results/index.ts';
import type { Check } from './check.ts';

const SAMPLES = 40_000;
const PROCESSES = 4;
const SECONDS = 5;

/** Records the same times once in one process, and once dealt out to four that cut a window every second. */
export function checkMerging(seed: number): Check {
  const whole = createHistogram();
  const windows = Array.from({ length: PROCESSES * SECONDS }, () => createHistogram());
  for (let n = 0; n < SAMPLES; n += 1) {
    // From a microsecond to a minute, as many in every power of ten.
    const micros = 6e7 ** uniform(seed, 0, n);
    whole.record(micros);
    windows[Math.floor(uniform(seed, 1, n) * windows.length)]?.record(micros);
  }
  const merged = windows.map(sent).reduce(added);
  const ok = merged.encode() === sent(whole).encode();
  for (const histogram of [whole, ...windows]) histogram.destroy();
  return {
    name: 'merge identity',
    claim: `${PROCESSES} processes, ${SECONDS} windows each, and one process: the same buckets`,
    found: ok
      ? `${merged.count} times, every bucket equal`
      : `${merged.count} times, and buckets that differ`,
    ok,
  };
}

/** A histogram as it arrives from a load process. */
function sent(histogram: Histogram): Histogram {
  return decodeHistogram(histogram.encode());
}

function added(sum: Histogram, one: Histogram): Histogram {
  sum.add(one);
  return sum;
}
