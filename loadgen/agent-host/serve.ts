/**
 * An agent: it tells who it is, tells the time, and works for one coordinator at a time. Users run in load processes,
 * which are children of this one: its own loop is idle, so that a sign of life is never late because of the load.
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { ClusterError } from '../../server/errors/index.ts';
import {
  type Bus,
  type ClockAnswer,
  type Hello,
  type LeaseAnswer,
  type LeaseRequest,
  Line,
  leaseRequest,
  notice,
  type Patience,
  PROTOCOL,
  readAs,
} from '../bus/index.ts';
import { monotonicMs, toolVersion } from '../host/index.ts';
import { Job } from './job.ts';
import { keepIn } from './keep.ts';
import { readRoom } from './room.ts';

/** What an agent is told by the person who starts it. */
export interface AgentOptions {
  bus: Bus;
  name: string;
  /** Folder for what load processes told. Default: it is not kept. */
  keep?: string | undefined;
  /** Whether it ends after one run. Default false. */
  once?: boolean | undefined;
  /** Takes what it does, in sentences. */
  say(text: string): void;
  /** Ends it. */
  signal: AbortSignal;
}

/**
 * How long a coordinator may be silent. Its loop merges what all agents tell and may stand still for a while; a run
 * whose coordinator is gone must end nevertheless.
 */
const PATIENCE: Patience = { silenceMs: 10_000, returnMs: 15_000, awayMs: 60_000 };
/** Time for the last words to a coordinator, milliseconds. */
const LAST_WORDS_WITHIN_MS = 2_000;
const ID_BYTES = 8;

/** The name of an agent whose person gives it none. */
export function defaultName(): string {
  return hostname();
}

/**
 * Waits for work and does it, until it is told to end; resolves when nothing of it is left on the bus.
 *
 * @throws ClusterError BUS_UNREACHABLE when NATS does not let it hear what it is for, or lets it in no more.
 */
export async function serveAgent(options: AgentOptions): Promise<void> {
  const agent = new Agent(options);
  await agent.serve();
}

/** A run that goes on. */
interface Work {
  job: Job;
  line: Line;
  /** Whom it is for. */
  whom: string;
}

class Agent {
  readonly #options: AgentOptions;
  readonly #id = randomBytes(ID_BYTES).toString('hex');
  readonly #tool = toolVersion();
  #work: Work | undefined;
  #isLeaving = false;
  #leave = (): void => {};

  constructor(options: AgentOptions) {
    this.#options = options;
  }

  async serve(): Promise<void> {
    const { bus, name, signal } = this.#options;
    const { subjects } = bus;
    const own = subjects.agent(this.#id);
    const left = new Promise<void>((resolve) => {
      this.#leave = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
    });
    let shutOut: string | undefined;
    void bus.ended.then((why) => {
      if (this.#isLeaving) return;
      shutOut = why;
      this.#leave();
    });
    const endings = [
      bus.subscribe(subjects.roll, (_, answer) => answer(this.#hello())),
      bus.subscribe(own.clock, (_, answer) => answer(clockAnswer())),
      bus.subscribe(own.lease, (request, answer) => {
        const read = readAs(leaseRequest, request);
        if (read !== undefined) answer(this.#lease(read));
      }),
      bus.subscribe(own.notice, (word) => {
        const { coordinator, why } = readAs(notice, word) ?? {};
        if (why !== undefined) this.#say(`Not used by ${coordinator}: ${why}`);
      }),
    ];
    await this.#checkRights();
    const { cpus, fdLimit, memoryBytes } = readRoom();
    const gigabytes = (memoryBytes / 1_000_000_000).toFixed(1);
    this.#say(
      `Agent "${name}" waits for work at ${bus.place}: ${cpus} cores, ${gigabytes} GB, ${fdLimit} descriptors`,
    );
    await left;
    this.#isLeaving = true;
    for (const end of endings) end();
    await this.#end(`agent "${name}" was told to end`);
    if (shutOut !== undefined) throw unreachable(`Lost NATS at "${bus.place}": ${shutOut}`);
  }

  /** An agent that may not hear its coordinators, or not speak to them, would wait for ever. */
  async #checkRights(): Promise<void> {
    const { bus } = this.#options;
    const { all, agent } = bus.subjects;
    bus.publish(agent(this.#id).notice, {});
    await bus.flush();
    // What NATS complains of comes before its answer, but is told after it.
    await new Promise((resolve) => setImmediate(resolve));
    if (bus.complaint === '') return;
    const wanted = `wanted is the right to publish and subscribe "${all}"`;
    throw unreachable(`Cannot wait for work at "${bus.place}": ${bus.complaint}, ${wanted}`);
  }

  #hello(): Hello {
    const { name } = this.#options;
    const busy = this.#work === undefined ? {} : { busy: this.#work.whom };
    return { tool: this.#tool, protocol: PROTOCOL, id: this.#id, name, room: readRoom(), ...busy };
  }

  #lease(request: LeaseRequest): LeaseAnswer {
    const { coordinator, tool, protocol, scenario, line } = request;
    const refused = this.#refusal(request);
    if (refused !== undefined) {
      this.#say(`Refused ${coordinator} with "${scenario}" (version ${tool}, ${protocol}): ${refused}`);
      return { refused };
    }
    this.#begin(line, `${coordinator} with "${scenario}"`);
    return {};
  }

  #refusal({ tool, protocol }: LeaseRequest): string | undefined {
    if (tool !== this.#tool || protocol !== PROTOCOL) {
      return `it is version ${this.#tool} (protocol ${PROTOCOL}), wanted is a coordinator of the same`;
    }
    return this.#work === undefined ? undefined : `it works for ${this.#work.whom}`;
  }

  #begin(name: string, whom: string): void {
    const { bus, keep } = this.#options;
    const { orders, reports } = bus.subjects.line(name);
    const job = new Job({
      keep: keep === undefined ? undefined : keepIn(keep, name, (text) => this.#say(text)),
      tell: (report) => line.send(report),
    });
    const line: Line = new Line({
      bus,
      says: reports,
      hears: orders,
      patience: PATIENCE,
      message: (message) => job.take(message),
      lost: (why) => {
        this.#say(`Gave up ${whom}: ${why}; its users are sent home`);
        void job.end();
      },
    });
    this.#work = { job, line, whom };
    this.#say(`Works for ${whom}`);
    void job.released.then(() => this.#finish());
  }

  /** The coordinator has what it wants, or is gone. */
  async #finish(): Promise<void> {
    const work = this.#work;
    if (work === undefined) return;
    await work.job.end();
    work.line.send({ type: 'released' });
    await work.line.settle(LAST_WORDS_WITHIN_MS);
    work.line.close();
    this.#work = undefined;
    this.#say(`Done for ${work.whom}`);
    if (this.#options.once === true) this.#leave();
  }

  /** What others told goes to a terminal: nothing of it may move the cursor. */
  #say(text: string): void {
    this.#options.say(text.replaceAll(/\p{Cc}/gu, ' '));
  }

  async #end(why: string): Promise<void> {
    const { line, job } = this.#work ?? {};
    line?.send({ type: 'leaving', why });
    await line?.settle(LAST_WORDS_WITHIN_MS);
    await job?.end();
    line?.close();
  }
}

function unreachable(message: string): ClusterError {
  return new ClusterError(message, { code: 'BUS_UNREACHABLE' });
}

function clockAnswer(): ClockAnswer {
  return { monotonicMs: monotonicMs(), wallMs: Date.now() };
}
