/** What the generator measured in one window. */
import { createHistogram } from '../../../results/index.ts';

/** Share of values for each figure. */
const MEDIAN = 0.5;
const TAIL = 0.99;
const MICROS = 1_000_000;
const MILLIS = 1_000;
/** What adding up seconds may have rounded off: a message due at the first instant of a slice belongs to it. */
const ROUNDING_MS = 1e-6;

/** A slice of a window at a constant rate. */
export interface SliceFigures {
  messages: number;
  p50Ms: number;
  p99Ms: number;
}

/** Intended and response times of the answered messages of a window, seconds, in the order of answers. */
export class Times {
  readonly #intended: Float64Array;
  readonly #response: Float64Array;
  #count = 0;

  /** Keeps so many; what comes beyond is dropped. */
  constructor(most: number) {
    this.#intended = new Float64Array(most);
    this.#response = new Float64Array(most);
  }

  /** Keeps one. */
  add(intended: number, response: number): void {
    this.#intended[this.#count] = intended;
    this.#response[this.#count] = response;
    this.#count = Math.min(this.#count + 1, this.#response.length);
  }

  /** Writes all response times as HDR V2, compressed, base64; undefined when there are none. */
  encode(): string | undefined {
    if (this.#count === 0) return undefined;
    const histogram = createHistogram();
    for (const response of this.#response.subarray(0, this.#count)) histogram.record(response * MICROS);
    const encoded = histogram.encode();
    histogram.destroy();
    return encoded;
  }

  /**
   * Cuts the window by intended times, so that a stall is in the slice that had to wait. What is left of the window
   * belongs to its last slice; slices without an answer are left out.
   */
  slices({ from, seconds, sliceMs }: { from: number; seconds: number; sliceMs: number }): SliceFigures[] {
    const count = Math.max(1, Math.floor((seconds * MILLIS + ROUNDING_MS) / sliceMs));
    const slices: number[][] = Array.from({ length: count }, () => []);
    for (let index = 0; index < this.#count; index += 1) {
      const offset = ((this.#intended[index] ?? 0) - from) * MILLIS + ROUNDING_MS;
      slices[Math.min(count - 1, Math.floor(offset / sliceMs))]?.push(this.#response[index] ?? 0);
    }
    return slices.flatMap((values) => {
      if (values.length === 0) return [];
      const sorted = Float64Array.from(values).sort();
      return {
        messages: values.length,
        p50Ms: quantile(sorted, MEDIAN) * MILLIS,
        p99Ms: quantile(sorted, TAIL) * MILLIS,
      };
    });
  }
}

/** The value that a share of all values is not above; 0 without values. */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
