/**
 * All load processes of a run, wherever they are: started, held at the barrier until all are ready, sent off together.
 */
import { ClusterError, type ErrorCode, isErrorCode } from '../../server/errors/index.ts';
import {
  type Child,
  type Exit,
  entry,
  LEAN_HEAP,
  type Message,
  startChild,
} from '../../server/process/index.ts';
import type { AgentReady, SpreadsReport } from '../agent/index.ts';
import { COLLECTS_ALONE, type Precedence } from '../host/index.ts';
import type { Share } from '../plan/index.ts';
import { createRedaction } from '../plan/secrets/index.ts';
import type { Totals, Window } from '../results/index.ts';

/** Time a load process has to make its buffers, milliseconds. */
const READY_WITHIN_MS = 30_000;
/** Time a load process has to tell its totals once it was asked for them, milliseconds. */
const TELL_WITHIN_MS = 5_000;
/** Time a load process has to end after its last word, milliseconds. */
const END_WITHIN_MS = 5_000;

/** A frame of the traced user; `at` is seconds since the common start. */
export interface TracedFrame {
  at: number;
  direction: 'in' | 'out';
  text: string;
  /** Whether no more are told, however many come. */
  isLast: boolean;
}

export interface AgentListeners {
  window(window: Window): void;
  /** A load process began so much later than it was to, milliseconds. */
  begun(process: number, lateMs: number): void;
  /** Comes before the window it belongs to. */
  spreads(report: SpreadsReport): void;
  trace(frame: TracedFrame): void;
  /** A behaviour of the scenario's own threw in this load process for the first time; one sentence. */
  threw(text: string): void;
  /** A load process ended before it had told its totals. */
  lost(process: number, exit: Exit): void;
}

export interface Agents {
  /** Lets all of them start at one instant, milliseconds since the epoch. */
  go(atEpochMs: number): void;
  /** Asks for the totals now; nothing more is sent. Whoever does not answer is killed, and lost. */
  abort(): void;
  /** What this host let them have: a busy target is to delay its own answers and not the clock that measures them. */
  readonly precedence: Precedence;
  /** Addresses their users connect from, of all hosts. None: the kernel chooses. */
  readonly sourceAddresses: readonly string[];
  /** Per load process; null for one that was lost. Settles when all have spoken or are gone. */
  readonly totals: Promise<(Totals | null)[]>;
  /** Ends whatever still runs. */
  stop(): Promise<void>;
}

/** Starts the process for a share; it is told the share itself by whoever asked for it. */
export type StartLoadProcess = (share: Share) => Promise<Child>;

/**
 * Starts one load process per share and waits until all are ready.
 *
 * @param start Where they are started. Default: on this host.
 * @throws ClusterError AGENT_LOST when one does not get ready, or with the code that it gives itself; the others are
 *   ended then.
 */
export async function startAgents(
  shares: readonly Share[],
  listeners: AgentListeners,
  start: StartLoadProcess = startHere,
): Promise<Agents> {
  const agents: LoadProcess[] = [];
  const pass: Pass = (message, from) => {
    for (const agent of agents) if (agent !== from) agent.take(message);
  };
  const starting = shares.map(
    async (share) => new LoadProcess(await start(share), { share, listeners, pass }),
  );
  try {
    agents.push(...(await Promise.all(starting)));
    await Promise.all(agents.map((agent) => agent.ready));
    return {
      go(at) {
        for (const agent of agents) {
          agent.go(at);
        }
      },
      abort() {
        for (const agent of agents) {
          agent.abort();
        }
      },
      precedence: leastOf(agents.map(({ precedence }) => precedence)),
      sourceAddresses: [...new Set(agents.flatMap(({ sourceAddresses }) => sourceAddresses))],
      totals: Promise.all(agents.map((agent) => agent.totals)),
      stop: () => stopAll(starting),
    };
  } catch (error) {
    await stopAll(starting);
    throw error;
  }
}

/** Passes a message of one load process on to all others. */
type Pass = (message: Message, from: LoadProcess) => void;

function startHere(): Promise<Child> {
  return startChild(entry('loadgen/agent/main.js'), {
    nodeOptions: [...LEAN_HEAP, ...COLLECTS_ALONE],
    stdout: process.stderr,
  });
}

/** Hosts differ in what they allow; what is said of all holds for each. */
function leastOf(all: readonly Precedence[]): Precedence {
  const upwards: readonly Precedence[] = ['normal', 'high', 'real-time'];
  return upwards.find((precedence) => all.includes(precedence)) ?? 'normal';
}

/** Also those whose start was still under way when another one failed. */
async function stopAll(starting: readonly Promise<LoadProcess>[]): Promise<void> {
  const starts = await Promise.allSettled(starting);
  const agents = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  await Promise.all(agents.map((agent) => agent.stop()));
}

class LoadProcess {
  readonly ready: Promise<void>;
  readonly totals: Promise<Totals | null>;
  /** As the process said it when it was ready. */
  precedence: Precedence = 'normal';
  sourceAddresses: readonly string[] = [];
  readonly #child: Child;
  readonly #exited: Promise<Exit>;
  #failure = '';
  #failureCode: ErrorCode = 'AGENT_LOST';
  #hasTold = false;

  constructor(
    child: Child,
    { share, listeners, pass }: { share: Share; listeners: AgentListeners; pass: Pass },
  ) {
    this.#child = child;
    const ready = deferred<void>();
    const totals = deferred<Totals | null>();
    const exited = deferred<Exit>();
    const redact = createRedaction(share.connect);
    this.ready = ready.promise;
    this.totals = totals.promise;
    this.#exited = exited.promise;

    child.onMessage((message) => {
      if (message.type === 'ready') {
        const { precedence, sourceAddresses } = message['details'] as AgentReady;
        this.precedence = precedence;
        this.sourceAddresses = sourceAddresses;
        ready.resolve();
      } else if (message.type === 'window') {
        listeners.window(message['window'] as Window);
      } else if (message.type === 'begun') {
        listeners.begun(share.process, Number(message['lateMs']));
      } else if (message.type === 'spreads') {
        listeners.spreads(message as Message & SpreadsReport);
      } else if (message.type === 'totals') {
        this.#hasTold = true;
        totals.resolve(message['totals'] as Totals);
      } else if (message.type === 'trace') {
        const { at, direction, text, isLast } = message as Message & TracedFrame;
        listeners.trace({ at, direction, text, isLast });
      } else if (message.type === 'threw') {
        listeners.threw(redact(String(message['text'])));
      } else if (message.type === 'ends') {
        pass(message, this);
      } else if (message.type === 'failed') {
        this.#failure = String(message['message']);
        if (isErrorCode(message['code'])) this.#failureCode = message['code'];
      }
    });
    child.onExit((exit) => {
      const lastWords = redact(exit.lastWords);
      const why = redact(this.#failure) || lastWords || `exit code ${exit.code}`;
      ready.reject(notReady(share.process, why, this.#failureCode));
      if (!this.#hasTold) {
        listeners.lost(share.process, { ...exit, lastWords });
      }
      totals.resolve(null);
      exited.resolve(exit);
    });
    setTimeout(
      () => ready.reject(notReady(share.process, 'it did not answer in time')),
      READY_WITHIN_MS,
    ).unref();
    ready.promise.catch(() => undefined); // Heard by whoever waits for all of them.
    child.send({ type: 'start', options: share });
  }

  go(atEpochMs: number): void {
    this.#child.send({ type: 'go', at: atEpochMs });
  }

  /** Takes what another load process tells. */
  take(message: Message): void {
    this.#child.send(message);
  }

  /** A process that hangs must not hang the run with it. */
  abort(): void {
    this.#child.send({ type: 'abort' });
    setTimeout(() => {
      if (!this.#hasTold) {
        this.#child.kill('SIGKILL');
      }
    }, TELL_WITHIN_MS).unref();
  }

  async stop(): Promise<void> {
    this.#child.send({ type: 'stop', withinMs: END_WITHIN_MS });
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), END_WITHIN_MS);
    await this.#exited;
    clearTimeout(timer);
  }
}

function notReady(process: number, why: string, code: ErrorCode = 'AGENT_LOST'): ClusterError {
  return new ClusterError(`Cannot start load process ${process}: ${why.trim()}`, { code });
}

/** A promise and what settles it. */
interface Deferred<Value> {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
  reject: (reason: unknown) => void;
}

function deferred<Value>(): Deferred<Value> {
  let settle: Omit<Deferred<Value>, 'promise'> | undefined;
  const promise = new Promise<Value>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // The executor runs before the constructor returns.
  return { promise, ...(settle as Omit<Deferred<Value>, 'promise'>) };
}
