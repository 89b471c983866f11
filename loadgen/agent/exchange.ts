/**
 * What load processes that share channels tell each other once nothing is sent any more: where their publishers stand.
 * What a publisher of another process published last shows by nothing else when all subscribers of this one miss it.
 */
import type { Share } from '../plan/index.ts';
import type { AgentReport, EndsReport } from './messages.ts';
import type { Oracle } from './oracle/index.ts';

/** Who takes part, and how it is heard. */
export interface ExchangeOptions {
  share: Pick<Share, 'plan' | 'process' | 'processes'>;
  oracle: Pick<Oracle, 'breaks' | 'ends' | 'learn'>;
  report: (report: AgentReport) => void;
}

/** The part of one load process. One that is alone, or has no channels, says nothing and waits for nobody. */
export class Exchange {
  readonly #options: ExchangeOptions;
  /** Numbers of the processes that have not told yet. */
  readonly #awaited: Set<number>;
  readonly #isAlone: boolean;
  /** How many connections of publishers had broken when it told. */
  #told: number | undefined;

  constructor(options: ExchangeOptions) {
    const { plan, process, processes } = options.share;
    const isNeeded = plan.groups.some(({ behaviour }) => behaviour.kind === 'channels');
    this.#options = options;
    this.#awaited = new Set(Array.from({ length: isNeeded ? processes : 0 }, (_, number) => number));
    this.#awaited.delete(process);
    this.#isAlone = this.#awaited.size === 0;
  }

  /** Whether all others have told. */
  get isComplete(): boolean {
    return this.#awaited.size === 0;
  }

  /** Tells the others, and once more when a connection broke since. Called when nothing is sent any more. */
  tell(): void {
    const { oracle, report, share } = this.#options;
    if (this.#isAlone || this.#told === oracle.breaks) return;
    this.#told = oracle.breaks;
    report({ type: 'ends', process: share.process, ends: oracle.ends() });
  }

  /** Takes what another process tells. */
  learn({ process, ends }: EndsReport): void {
    this.#awaited.delete(process);
    this.#options.oracle.learn(ends);
  }
}
