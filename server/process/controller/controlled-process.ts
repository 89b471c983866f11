/** What controllers of every role get: the process as the application sees it, with its line to the master. */
import { EventEmitter } from 'node:events';
import type { Respond } from '../../protocol/index.ts';
import type { Answered } from '../messages/index.ts';
import type { MasterLine } from './master-line.ts';

/** What every controller may listen to. */
export interface ControlledEvents {
  /** The master has sent something; `respond` answers it. */
  masterMessage: [data: unknown, respond: Respond];
  /** Something went wrong that ended nothing. */
  warning: [warning: Error];
  /** Something failed, and the process went on. */
  error: [error: Error];
}

/**
 * Nothing here is the server's own: what extends it may have methods of any name, and the process still works.
 */
export abstract class ControlledProcess<
  Events extends Record<keyof Events, unknown[]>,
> extends EventEmitter<Events> {
  readonly #line: MasterLine;

  constructor(line: MasterLine) {
    super();
    this.#line = line;
    line.serve(this as unknown as EventEmitter);
  }

  /**
   * Sends data to the master's listeners of `workerMessage` or `brokerMessage` and resolves with their answer.
   * Rejects with ClusterError MESSAGE_UNANSWERED, or with what they answer as an error.
   *
   * @throws TypeError when the callback is no function.
   */
  sendToMaster(data: unknown, callback?: Answered): Promise<unknown> {
    return this.#line.ask(data, callback);
  }

  /** Tells listeners and the master's log of something that went wrong and ended nothing. */
  emitWarning(warning: unknown): void {
    this.#line.report('warning', warning);
  }

  /** Tells listeners and the master's log of an error. The process goes on; only what nobody catches ends it. */
  emitError(error: unknown): void {
    this.#line.report('error', error);
  }
}
