/**
 * One run on this host, from the bundle to the last word of the last load process. It starts nothing but load processes
 * of its own build, for shares of the bundle it agreed to; what it is told over the bus are numbers and that bundle.
 */
import { rmSync } from 'node:fs';
import { asError } from '../../server/errors/index.ts';
import { type Child, entry, LEAN_HEAP, type Message, startChild } from '../../server/process/index.ts';
import { checkOwnBehaviours } from '../agent/index.ts';
import { type Bundle, type SealedBundle, unpack } from '../bundle/index.ts';
import { type Order, order, type Report, readAs } from '../bus/index.ts';
import { COLLECTS_ALONE } from '../host/index.ts';
import type { Share } from '../plan/index.ts';
import { makeTemporaryFolder } from '../results/index.ts';
import type { Keep } from './keep.ts';
import { knock } from './knock.ts';

/** What a job needs. */
export interface JobOptions {
  /** Says something to the coordinator. */
  tell(report: Report): void;
  /** Takes what load processes told. Default: it is not kept. */
  keep?: Keep | undefined;
}

/** Time for load processes to end once nobody wants them, milliseconds. */
const END_WITHIN_MS = 5_000;

/** What only parent and child are to know of. */
const PRIVATE = ['hello', 'snapshot'];

type StartOrder = Extract<Order, { type: 'start' }>;

export class Job {
  readonly #options: JobOptions;
  /** Load processes that were asked for, whether they are there yet or not. */
  readonly #dealt = new Set<number>();
  readonly #children = new Map<number, Child>();
  readonly #exits = new Map<number, Promise<unknown>>();
  /** Made for the first bundle. */
  #folder: Promise<string> | undefined;
  #bundle: Bundle | undefined;
  #isOver = false;
  #ended = (): void => {};
  /** Resolves when the coordinator has released it. */
  readonly released: Promise<void>;

  constructor(options: JobOptions) {
    this.#options = options;
    this.released = new Promise((resolve) => {
      this.#ended = resolve;
    });
  }

  /** Takes what came over the line; what is no order is dropped. */
  take(message: unknown): void {
    const given = readAs(order, message);
    if (given === undefined || this.#isOver) return;
    switch (given.type) {
      case 'bundle':
        void this.#agree(given);
        return;
      case 'start':
        void this.#start(given);
        return;
      case 'tell':
        this.#children.get(given.process)?.send(given.message);
        return;
      case 'kill':
        this.#children.get(given.process)?.kill('SIGKILL');
        return;
      case 'release':
        this.#ended();
    }
  }

  /** Ends all load processes and takes their files away. */
  async end(): Promise<void> {
    this.#isOver = true;
    for (const child of this.#children.values()) child.send({ type: 'stop', withinMs: END_WITHIN_MS });
    const timer = setTimeout(() => this.#kill(), END_WITHIN_MS);
    await Promise.all(this.#exits.values());
    clearTimeout(timer);
    const folder = await this.#folder?.catch(() => undefined);
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    this.#ended();
  }

  #kill(): void {
    for (const child of this.#children.values()) child.kill('SIGKILL');
  }

  async #agree(sealed: SealedBundle): Promise<void> {
    const { tell } = this.#options;
    try {
      this.#folder ??= makeTemporaryFolder('scbench-agent');
      const bundle = unpack(sealed, await this.#folder);
      await checkOwnBehaviours(bundle.plan.groups);
      for (const { host, port } of [bundle.target, ...(bundle.target.others ?? [])]) {
        const why = await knock({ host, port });
        if (why === undefined) continue;
        tell({ type: 'refused', why: `Cannot reach the target "${host}:${port}": ${why}`, isTarget: true });
        return;
      }
      this.#bundle = bundle;
      tell({ type: 'agreed', hash: sealed.hash, planHash: bundle.planHash });
    } catch (error) {
      tell({ type: 'refused', why: asError(error).message, isTarget: false });
    }
  }

  async #start({ process, processes, sourceAddresses }: StartOrder): Promise<void> {
    const { tell } = this.#options;
    try {
      const share = this.#shareOf({ process, processes, sourceAddresses });
      const child = await startChild(entry('loadgen/agent/main.js'), {
        nodeOptions: [...LEAN_HEAP, ...COLLECTS_ALONE],
        stdout: globalThis.process.stderr,
      });
      this.#adopt(process, child);
      tell({ type: 'started', process, pid: child.pid });
      child.send({ type: 'start', options: share });
      if (this.#isOver) child.kill('SIGKILL');
    } catch (error) {
      tell({ type: 'not-started', process, why: asError(error).message });
    }
  }

  #shareOf(part: Pick<Share, 'process' | 'processes' | 'sourceAddresses'>): Share {
    if (this.#bundle === undefined) throw new TypeError('it has not agreed to a bundle');
    if (this.#dealt.has(part.process)) throw new TypeError('it was started before');
    this.#dealt.add(part.process);
    const { plan, target, connect, driver, protocolVersion, traceUser } = this.#bundle;
    const trace = traceUser === undefined ? {} : { traceUser };
    return { plan, target, connect, driver, protocolVersion, ...trace, ...part };
  }

  #adopt(process: number, child: Child): void {
    const { tell, keep } = this.#options;
    this.#children.set(process, child);
    child.onMessage((message: Message) => {
      if (PRIVATE.includes(message.type)) return;
      keep?.(process, message);
      tell({ type: 'told', process, message });
    });
    const exited = new Promise<void>((resolve) => {
      child.onExit((exit) => {
        tell({ type: 'exited', process, exit });
        resolve();
      });
    });
    this.#exits.set(process, exited);
  }
}
