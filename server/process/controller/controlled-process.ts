/** What controllers of every role get: the process as the application sees it, with its line to the master. */
import { EventEmitter } from 'node:events';
import type { Respond } from '../../protocol/index.ts';
import type { Message } from '../ipc.ts';
import { type Answered, Messenger } from '../messages/index.ts';
import { plainOf, Reporter, type Severity } from '../problems/index.ts';

/** What every controller may listen to. */
export interface ControlledEvents {
  /** The master has sent something; `respond` answers it. */
  masterMessage: [data: unknown, respond: Respond];
  /** Something went wrong that ended nothing. */
  warning: [warning: Error];
  /** Something failed, and the process went on. */
  error: [error: Error];
}

/** What a process needs to know to talk with the master. */
export interface TalkOptions {
  /** Milliseconds the master has to answer. */
  ipcAckTimeout: number;
  propagateErrors: boolean;
  propagateWarnings: boolean;
  /** Whether an error that nobody catches ends the process. */
  crashOnError: boolean;
}

export abstract class ControlledProcess<
  Events extends Record<keyof Events, unknown[]>,
> extends EventEmitter<Events> {
  readonly #messenger: Messenger;
  readonly #reporter: Reporter;
  readonly #options: TalkOptions;

  constructor(options: TalkOptions, tellMaster: (message: Message) => void) {
    super();
    this.#options = options;
    this.#reporter = new Reporter({ ...options, tell: tellMaster });
    this.#messenger = new Messenger({
      peer: 'the master',
      send: tellMaster,
      answerWithinMs: options.ipcAckTimeout,
      deliver: (data, respond) => this.#emitter.emit('masterMessage', data, respond),
    });
  }

  /**
   * Sends data to the master's listeners of `workerMessage` or `brokerMessage` and resolves with their answer.
   * Rejects with ClusterError MESSAGE_UNANSWERED, or with what they answer as an error.
   */
  sendToMaster(data: unknown, callback?: Answered): Promise<unknown> {
    return this.#messenger.ask(data, callback);
  }

  /** Tells listeners and the master's log of something that went wrong and ended nothing. */
  emitWarning(warning: unknown): void {
    this.#tell('warning', warning);
  }

  /** Tells listeners and the master's log of an error. The process goes on; only what nobody catches ends it. */
  emitError(error: unknown): void {
    this.#tell('error', error);
  }

  /** Takes a message of the master; false when it is not for the application. */
  hear(message: Message): boolean {
    return this.#messenger.take(message);
  }

  /** Decides on an error that nobody caught: true when the process goes on. */
  survive(error: unknown): boolean {
    const { crashOnError, propagateErrors } = this.#options;
    if (crashOnError) {
      return false;
    }
    if (!propagateErrors) {
      const { message, stack = message } = plainOf(error);
      process.stderr.write(`${stack}\n`); // the master will not say it
    }
    this.emitError(error);
    return true;
  }

  get #emitter(): EventEmitter<ControlledEvents> {
    return this as unknown as EventEmitter<ControlledEvents>;
  }

  #tell(severity: Severity, problem: unknown): void {
    this.#reporter.report(severity, problem);
    if (this.#emitter.listenerCount(severity) > 0) {
      this.#emitter.emit(severity, problem instanceof Error ? problem : new Error(String(problem)));
    }
  }
}
