/**
 * When somebody on the bus is to be given up. Silence counts only while the line to the bus stands and this process
 * itself keeps its time: neither a bus that is started anew nor a busy processor here is the other side's fault. Pure.
 */

/** How long nothing may be heard, milliseconds. */
export interface Patience {
  /** While the bus is there. */
  silenceMs: number;
  /** After the bus has come back: the other side may find it later than this one does. */
  returnMs: number;
  /** While the bus is away. */
  awayMs: number;
}

/** How often `check` is to be called, milliseconds. */
export const CHECK_EVERY_MS = 250;

/** A check that comes later than this tells of this process, milliseconds. */
const STALL_MS = 1_000;

export class Silence {
  readonly #patience: Patience;
  #heardAt: number;
  #checkedAt: number;
  /** Undefined while the bus is there. */
  #awaySince: number | undefined;
  /** Until when the other side may still look for the bus. */
  #returnUntil = Number.NEGATIVE_INFINITY;

  constructor(patience: Patience, nowMs: number) {
    this.#patience = patience;
    this.#heardAt = nowMs;
    this.#checkedAt = nowMs;
  }

  /** The other side said something. */
  heard(nowMs: number): void {
    this.#heardAt = nowMs;
    this.#returnUntil = Number.NEGATIVE_INFINITY;
  }

  /** The line to the bus went down or is up again. */
  changed(isConnected: boolean, nowMs: number): void {
    if (!isConnected) {
      this.#awaySince ??= nowMs;
      return;
    }
    this.#awaySince = undefined;
    this.#heardAt = nowMs;
    this.#returnUntil = nowMs + this.#patience.returnMs;
  }

  /** Says why the other side is given up, as the end of a sentence; undefined while it is not. */
  check(nowMs: number): string | undefined {
    if (nowMs - this.#checkedAt > STALL_MS) this.#heardAt = nowMs;
    this.#checkedAt = nowMs;
    const { silenceMs, awayMs } = this.#patience;
    if (this.#awaySince !== undefined) {
      const isOver = nowMs - this.#awaySince >= awayMs;
      return isOver ? `NATS was away for ${seconds(awayMs)}` : undefined;
    }
    if (nowMs < this.#returnUntil || nowMs - this.#heardAt < silenceMs) return undefined;
    return `nothing was heard for ${seconds(nowMs - this.#heardAt)}`;
  }
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
