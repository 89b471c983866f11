/**
 * How publications spread over the subscribers of this process. Alone it records that; of several processes each sees
 * its own subscribers only, and none the last of all, so each tells the coordinator, which puts them together.
 */
import type { Share } from '../../plan/index.ts';
import type { AgentReport } from '../messages.ts';
import type { Spread } from '../oracle/index.ts';
import type { Recorder } from '../recording/index.ts';

/** Publications told at once: what takes longer to write keeps messages from leaving. */
const AT_ONCE = 64;

const MICROSECONDS = 1e6;

/** Who takes part, and who takes it. */
export interface SpreadsOptions {
  share: Pick<Share, 'process' | 'processes'>;
  recorder: Pick<Recorder, 'spread'>;
  report: (report: AgentReport) => void;
}

/** The spreads of one load process. */
export class Spreads {
  readonly #options: SpreadsOptions;
  #untold: number[][] = [];

  constructor(options: SpreadsOptions) {
    this.#options = options;
  }

  /** A publication has reached whom it reaches here. */
  readonly take = (spread: Spread): void => {
    const { share, recorder } = this.#options;
    if (share.processes === 1) return recorder.spread(spread);
    const { channel, publisher, sequence, delivered, first, median, last } = spread;
    const times = [first, median, last].map((seconds) => Math.round(seconds * MICROSECONDS));
    this.#untold.push([channel, publisher, sequence, delivered, ...times]);
    if (this.#untold.length === AT_ONCE) this.tell();
  };

  /** Tells what has come up, before the window it belongs to. */
  tell(isLast = false): void {
    const { share, report } = this.#options;
    if (share.processes === 1 || (this.#untold.length === 0 && !isLast)) return;
    report({ type: 'spreads', process: share.process, spreads: this.#untold, isLast });
    this.#untold = [];
  }
}
