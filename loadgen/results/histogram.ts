/**
 * Distributions of times in microseconds, and the only file that knows hdr-histogram-js. Values keep
 * three significant digits from 1 µs to 120 s, and every histogram has the same buckets, so adding is
 * exact: bucket for bucket the same as if one histogram had recorded everything.
 */
import {
  type Histogram as Buckets,
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  initWebAssemblySync,
  JsHistogram,
} from 'hdr-histogram-js';
import { ClusterError } from '../../server/errors/index.ts';
import { type Shape, slotOf } from './shape.ts';

/** Greatest value kept, microseconds: 120 s, well past every answer time-out. */
export const HIGHEST_MICROS = 120_000_000;

/** What every histogram is built with. Resizing stays off, so that all have equal buckets. */
const LAYOUT = {
  lowestDiscernibleValue: 1,
  highestTrackableValue: HIGHEST_MICROS,
  numberOfSignificantValueDigits: 3 as const,
  autoResize: false,
};

/** Counts times in buckets no wider than 0.1 % of the time. 18,432 buckets. */
export class Histogram {
  readonly #buckets: Buckets;
  readonly #isWasm: boolean;
  #clamped = 0;

  /** Made by `createHistogram`, `emptyHistogram` and `decodeHistogram`. */
  constructor(buckets: Buckets, isWasm: boolean) {
    this.#buckets = buckets;
    this.#isWasm = isWasm;
  }

  /** Counts one time in microseconds. Below 0 counts as 0; above 120 s counts as 120 s and in `clamped`. */
  record(micros: number): void {
    if (micros > HIGHEST_MICROS) {
      this.#clamped += 1;
      this.#buckets.recordValue(HIGHEST_MICROS);
      return;
    }
    // Two clocks can disagree by a microsecond, which makes a reply come before its send.
    this.#buckets.recordValue(micros > 0 ? Math.round(micros) : 0);
  }

  /** Adds all that another histogram counted, bucket for bucket. The other stays as it is. */
  add(other: Histogram): void {
    const sameKind = other.#isWasm === this.#isWasm;
    const source = sameKind ? other.#buckets : read(other.encode(), { wasm: this.#isWasm });
    this.#buckets.add(source);
    this.#clamped += other.#clamped;
    if (!sameKind) source.destroy();
  }

  /** Values counted. Exact. */
  get count(): number {
    return this.#buckets.totalCount;
  }

  /** Values above 120 s that this histogram and those added to it met. Not part of the encoding. */
  get clamped(): number {
    return this.#clamped;
  }

  /** Smallest value, microseconds, within 0.1 %. 0 when empty. */
  get min(): number {
    return this.count === 0 ? 0 : this.#buckets.getValueAtPercentile(0);
  }

  /** Greatest value, microseconds, within 0.1 %. 0 when empty. */
  get max(): number {
    return this.count === 0 ? 0 : Math.min(this.#buckets.getValueAtPercentile(100), HIGHEST_MICROS);
  }

  /** Mean, microseconds, within 0.1 %. 0 when empty. */
  get mean(): number {
    if (this.count === 0) return 0;
    return this.#buckets instanceof JsHistogram ? meanOf(this.#buckets) : this.#buckets.mean;
  }

  /** The value, in microseconds, that a share (0 to 1) of all values is not above. 0 when empty. */
  quantile(share: number): number {
    return this.count === 0 ? 0 : Math.min(this.#buckets.getValueAtPercentile(share * 100), HIGHEST_MICROS);
  }

  /** Counts of the values by slots of a logarithmic scale: much smaller, and within 5 %. */
  shape(): Shape {
    if (this.count === 0) return [];
    const buckets = this.#buckets instanceof JsHistogram ? this.#buckets : asJs(this.encode());
    const shape: number[] = [];
    const last = buckets.countsArrayIndex(this.max);
    for (let index = buckets.countsArrayIndex(this.min); index <= last; index += 1) {
      const count = buckets.getCountAtIndex(index);
      if (count === 0) continue;
      const slot = slotOf(buckets.valueFromIndex(index));
      if (shape.at(-2) === slot) shape[shape.length - 1] = count + (shape.at(-1) ?? 0);
      else shape.push(slot, count);
    }
    return shape;
  }

  /** Writes the buckets as HDR V2, compressed, base64. */
  encode(): string {
    return encodeIntoCompressedBase64(this.#buckets);
  }

  /** Empties the histogram for the next window; costs about 9 µs, less than building a new one. */
  reset(): void {
    this.#buckets.reset();
    this.#clamped = 0;
  }

  /** Gives back the memory outside the JavaScript heap. The histogram must not be used any more. */
  destroy(): void {
    this.#buckets.destroy();
  }
}

/**
 * Creates a histogram for the hot path: about 10 ns a value. It holds 74 KB of WebAssembly memory that no
 * garbage collector sees, so keep it, `reset` it between windows, and `destroy` it at the end.
 */
export function createHistogram(): Histogram {
  initWebAssemblySync();
  return new Histogram(build({ ...LAYOUT, useWebAssembly: true, bitBucketSize: 32 }), true);
}

/** Creates a histogram to add others to: 147 KB of ordinary memory, and counts that never overflow. */
export function emptyHistogram(): Histogram {
  return new Histogram(build({ ...LAYOUT, bitBucketSize: 64 }), false);
}

/**
 * Reads what `encode` wrote, into ordinary memory: nothing to destroy.
 * @throws ClusterError `RECORD_INVALID` when the text is no such histogram.
 */
export function decodeHistogram(encoded: string): Histogram {
  return new Histogram(read(encoded, { wasm: false }), false);
}

/**
 * Its own mean makes an object for each bucket, which takes up to a millisecond; the coordinator needs a dozen of them
 * a second, on a host that measures meanwhile.
 */
function meanOf(buckets: JsHistogram): number {
  let left = buckets.totalCount;
  let sum = 0;
  for (let index = 0; left > 0 && index < buckets.countsArrayLength; index += 1) {
    const count = buckets.getCountAtIndex(index);
    if (count === 0) continue;
    sum += count * buckets.medianEquivalentValue(buckets.valueFromIndex(index));
    left -= count;
  }
  return sum / buckets.totalCount;
}

function asJs(encoded: string): JsHistogram {
  const buckets = read(encoded, { wasm: false });
  if (buckets instanceof JsHistogram) return buckets;
  throw new TypeError('Cannot look into a histogram: it is kept outside of JavaScript, wanted one within');
}

function read(encoded: string, { wasm }: { wasm: boolean }): Buckets {
  try {
    return decodeFromCompressedBase64(encoded, 32, wasm);
  } catch (error) {
    const start = encoded.slice(0, 24);
    throw new ClusterError(`Cannot read histogram "${start}": wanted HDR V2, compressed, base64`, {
      code: 'RECORD_INVALID',
      cause: error,
    });
  }
}
