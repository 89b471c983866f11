/** The line between a controlled process and the master: the application's messages, and problems on their way. */
import { EventEmitter } from 'node:events';
import { inspect } from 'node:util';
import type { Message } from '../ipc.ts';
import { type Answered, Messenger } from '../messages/index.ts';
import { plainOf, Reporter, type Severity } from '../problems/index.ts';

/** What a process needs to know to talk with the master. */
export interface TalkOptions {
  /** Milliseconds the master has to answer. */
  ipcAckTimeout: number;
  propagateErrors: boolean;
  propagateWarnings: boolean;
  /** Whether an error that nobody catches ends the process. */
  crashOnError: boolean;
}

export class MasterLine {
  readonly #messenger: Messenger;
  readonly #reporter: Reporter;
  readonly #options: TalkOptions;
  #subject = new EventEmitter();

  /** @param name Of this process in errors, such as `worker 1`. */
  constructor(name: string, options: TalkOptions, tellMaster: (message: Message) => void) {
    this.#options = options;
    this.#reporter = new Reporter({ ...options, tell: tellMaster });
    this.#messenger = new Messenger({
      own: name,
      peer: 'the master',
      send: tellMaster,
      answerWithinMs: options.ipcAckTimeout,
      deliver: (data, respond) => this.#subject.emit('masterMessage', data, respond),
    });
  }

  /** Has messages and problems be events of what the application knows as its process. */
  serve(subject: EventEmitter): void {
    this.#subject = subject;
  }

  /** Sends the application's data, as `Messenger.ask` does. */
  ask(data: unknown, callback?: Answered): Promise<unknown> {
    return this.#messenger.ask(data, callback);
  }

  /** Tells listeners and the master's log of a problem. */
  report(severity: Severity, problem: unknown): void {
    const error = problem instanceof Error ? problem : new Error(wordsOf(problem));
    this.#reporter.report(severity, problem instanceof Error ? problem : error.message);
    if (this.#subject.listenerCount(severity) > 0) {
      this.#subject.emit(severity, error);
    }
  }

  /** Takes a message of the master; false when it is not for the application. */
  take(message: Message): boolean {
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
    this.report('error', error);
    return true;
  }
}

function wordsOf(problem: unknown): string {
  return typeof problem === 'string' ? problem : inspect(problem);
}
