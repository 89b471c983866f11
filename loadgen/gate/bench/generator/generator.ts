/** The bench's end of the load generator. */
import { ClusterError } from '../../../../server/errors/index.ts';
import { type Child, entry, startChild } from '../../../../server/process/index.ts';
import { COLLECTS_ALONE } from '../../../host/index.ts';
import { pin } from '../machine/index.ts';
import type { LoadFigures } from './measure.ts';
import type { CrowdSpec, GeneratorStart, Load, Order } from './messages.ts';

/** Time the generator has to end its connections, milliseconds. */
const STOP_WITHIN_MS = 5_000;

/** A load generator that is running. Whatever it is asked fails with PROCESS_FAILED once it has ended. */
export class Generator {
  readonly #child: Child;
  #settle: ((outcome: Outcome) => void) | undefined;
  #lastWords: string | undefined;

  /** Starts one on a core of its own. */
  static async start(options: GeneratorStart, core: number | undefined): Promise<Generator> {
    const child = await startChild(entry('loadgen/gate/bench/generator/main.js'), {
      nodeOptions: COLLECTS_ALONE,
      stdout: process.stderr,
    });
    const generator = new Generator(child);
    pin(child.pid, core);
    child.send({ type: 'start', options });
    const { problem } = await generator.#outcome();
    if (problem === undefined) return generator;
    throw new ClusterError(`Cannot start the load generator: ${problem}`, { code: 'PROCESS_FAILED' });
  }

  private constructor(child: Child) {
    this.#child = child;
    child.onMessage(({ type, result, message }) => {
      if (type === 'ready' || type === 'done') this.#settle?.({ result });
      if (type === 'refused' || type === 'failed') this.#settle?.({ problem: String(message) });
    });
    child.onExit(({ lastWords }) => {
      this.#lastWords = lastWords.trim();
      this.#settle?.({ problem: this.#ending });
    });
  }

  /** Connects clients. @throws ClusterError when one does not come through. */
  async connect(spec: CrowdSpec): Promise<void> {
    await this.#order({ do: 'connect', ...spec });
  }

  /** Ends the connections of a crowd. */
  async leave(crowd: string): Promise<void> {
    await this.#order({ do: 'leave', crowd });
  }

  /** Loads a server for one window. */
  async load(crowd: string, load: Load): Promise<LoadFigures> {
    return (await this.#order({ do: 'load', crowd, load })) as LoadFigures;
  }

  /** Ends it and all connections. */
  async stop(): Promise<void> {
    this.#child.send({ type: 'stop', withinMs: STOP_WITHIN_MS });
    await new Promise<void>((resolve) => this.#child.onExit(() => resolve()));
  }

  get #ending(): string {
    return `it ended with the words "${this.#lastWords ?? ''}"`;
  }

  async #order(order: Order): Promise<unknown> {
    if (this.#lastWords === undefined) this.#child.send({ type: 'order', order });
    const outcome = this.#lastWords === undefined ? await this.#outcome() : { problem: this.#ending };
    if (outcome.problem === undefined) return outcome.result;
    throw new ClusterError(`Cannot ${order.do} clients of the ${order.crowd}: ${outcome.problem}`, {
      code: 'PROCESS_FAILED',
    });
  }

  #outcome(): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#settle = resolve;
    });
  }
}

interface Outcome {
  result?: unknown;
  problem?: string;
}
