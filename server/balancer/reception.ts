/** What happens to one connection between its arrival and the worker that gets it, or the answer it gets here. */
import type { Socket } from 'node:net';
import type { Options } from '../options/index.ts';
import { type Handle, release, resumeReading, stopReading } from '../process/handover/index.ts';
import type { Message } from '../process/index.ts';
import type { Asker, Chooser } from './choose.ts';
import {
  type FirstBytes,
  type HeadFault,
  parseHead,
  type RequestHead,
  readHead,
  writeHead,
} from './head/index.ts';
import type { Middleware, Verdict } from './middleware/index.ts';
import { endGently, type Refusal, refuse } from './refuse.ts';
import { addressHash, clientAddress, sessionWorker } from './stickiness.ts';
import { proxy } from './tls-proxy.ts';

/** Longest head and slowest first request. Node's own HTTP server has the same limit in bytes. */
const HEAD_LIMITS = { maxBytes: 16_384, withinMs: 10_000 };

/** What a balancer counts of connections that did not reach a worker. */
export type Counter = Refusal | 'goneAway' | 'overLimit' | 'tlsFailed' | 'workerGone';

/** The line to the master. */
export interface Master {
  /** Says to which worker a client was dealt that is not handed over. */
  tell(message: Message): void;
  /** Hands a connection over, with a message that names its worker. `settled` when it has left this process. */
  handOver(message: Message, connection: Handle, settled: () => void): void;
}

/** What receiving a connection takes. */
export interface ReceptionOptions {
  options: Pick<Options, 'appName' | 'protocol' | 'useSmartBalancing'>;
  /** Private unix socket of each worker, by its number. */
  workerPaths: readonly string[];
  chooser: Chooser;
  middleware: Middleware;
  counters: Record<Counter, number>;
  master: Master;
}

export class Reception {
  readonly #given: ReceptionOptions;
  readonly #isSecure: boolean;
  #dealt = 0;

  constructor(given: ReceptionOptions) {
    this.#given = given;
    this.#isSecure = given.options.protocol === 'https';
  }

  /** Connections that went to a worker so far. */
  get dealt(): number {
    return this.#dealt;
  }

  /** Takes a connection, decrypted if need be, from its first byte. */
  serve(socket: Socket): void {
    socket.on('error', ignore);
    readHead(
      socket,
      HEAD_LIMITS,
      () => this.#hold(socket),
      (result) => this.#heard(socket, result),
    );
  }

  #heard(socket: Socket, result: FirstBytes | HeadFault): void {
    if (result === 'goneAway') {
      this.#given.counters.goneAway += 1;
      socket.destroy();
      return;
    }
    if (typeof result === 'string') {
      this.#refuse(socket, result);
      return;
    }
    const head = parseHead(result.bytes.subarray(0, result.headBytes));
    if (head === undefined) {
      this.#refuse(socket, 'notHttp');
      return;
    }
    if (this.#given.middleware.isEmpty) {
      this.#deal(socket, head, result);
      return;
    }
    const answered = (): void => endGently(socket, () => this.#readOn(socket));
    void this.#given.middleware
      .ask(head, socket, answered)
      .then((verdict) => this.#obey(verdict, socket, result));
  }

  #obey(verdict: Verdict, socket: Socket, first: FirstBytes): void {
    switch (verdict.kind) {
      case 'pass':
        this.#deal(socket, verdict.head, first);
        return;
      case 'blocked':
        this.#refuse(socket, 'blocked', verdict.why);
        return;
      case 'middlewareFailed':
      case 'middlewareLate':
        this.#refuse(socket, verdict.kind);
        return;
      case 'answered':
    }
  }

  #deal(socket: Socket, head: RequestHead, first: FirstBytes): void {
    const remoteAddress = socket.remoteAddress;
    if (remoteAddress === undefined) {
      this.#given.counters.goneAway += 1;
      socket.destroy();
      return;
    }
    const worker = this.#given.chooser.choose(this.#askerOf(head, remoteAddress));
    if (worker === undefined) {
      this.#refuse(socket, 'noWorker');
      return;
    }
    this.#dealt += 1;
    const { isUpgrade } = head;
    if (this.#isSecure) {
      this.#given.master.tell({ type: 'dealt', worker, isUpgrade });
      const forwarded = [head.headers['x-forwarded-for'], remoteAddress].filter(Boolean).join(', ');
      const extra = { 'X-Forwarded-For': forwarded, 'X-Forwarded-Proto': 'https' };
      proxy(socket, this.#given.workerPaths[worker] ?? '', rewritten(head, first, extra), () => {
        this.#given.counters.workerGone += 1;
        this.#refuse(socket, 'noWorker');
      });
      return;
    }
    // Without middleware nobody minds what else comes on this connection, and the worker reads the very bytes.
    const bytes = this.#given.middleware.isEmpty ? first.bytes : rewritten(head, first, {});
    const connection = release(socket);
    if (connection !== undefined) {
      const message = { type: 'connection', worker, isUpgrade, head: bytes.toString('latin1') };
      this.#given.master.handOver(message, connection, () => socket.destroy());
    }
  }

  #askerOf(head: RequestHead, remoteAddress: string): Asker {
    const { appName, useSmartBalancing } = this.#given.options;
    const { isUpgrade } = head;
    return useSmartBalancing
      ? { isUpgrade, session: sessionWorker(head, appName) }
      : { isUpgrade, addressHash: addressHash(clientAddress(head, remoteAddress)) };
  }

  #refuse(socket: Socket, refusal: Refusal, why?: string): void {
    this.#given.counters[refusal] += 1;
    refuse(socket, refusal, { readOn: () => this.#readOn(socket), ...(why === undefined ? {} : { why }) });
  }

  /** Leaves later bytes unread: a plain connection's in the system, where the worker finds them. */
  #hold(socket: Socket): void {
    if (this.#isSecure) {
      socket.pause();
    } else {
      stopReading(socket);
    }
  }

  #readOn(socket: Socket): void {
    if (!this.#isSecure) {
      resumeReading(socket);
    }
  }
}

/** The first request alone, followed by what came after its head. */
function rewritten(head: RequestHead, first: FirstBytes, extra: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat([writeHead(head, extra), first.bytes.subarray(first.headBytes)]);
}

/** The close that follows an error ends what was begun. */
function ignore(): void {}
