/** What a client says and hears by the names of events and procedures. */
import type {
  Contract,
  EmitDetails,
  EventData,
  EventName,
  Message,
  Payload,
  PayloadAnd,
  ProcedureData,
  ProcedureName,
  ProcedureResult,
} from '../protocol/index.ts';
import { Subscriber } from './channels/index.ts';
import { checkCallback, checkMessage, checkText, describe, isObject } from './checks/index.ts';
import type { Answered } from './connection/index.ts';
import type { ListenerName, ListenerOf, LocalEvents } from './contract.ts';
import type { Core } from './core.ts';
import type { Heard, LocalDetails, ProcedureCall } from './events/index.ts';

/** How one call differs from the others. */
export interface InvokeOptions {
  /** Milliseconds; default: the client's option of that name. */
  ackTimeout?: number;
}

export class Speaker<C extends Contract> extends Subscriber<C> {
  readonly #core: Core;

  constructor(core: Core) {
    super(core.channels);
    this.#core = core;
  }

  // Listening

  /**
   * Handles an event of the server, a call of the server (answered by `respond`), an event of the client itself, or
   * the publications of a channel that is subscribed to.
   */
  on<Name extends ListenerName<C>>(event: Name, listener: ListenerOf<C, Name>): this {
    this.#core.listeners.add(event, listener);
    return this;
  }

  /** Like `on`, for the next time only. */
  once<Name extends ListenerName<C>>(event: Name, listener: ListenerOf<C, Name>): this {
    this.#core.listeners.add(event, listener, true);
    return this;
  }

  /** Removes one listener, all of an event, or all. */
  off<Name extends ListenerName<C>>(event?: Name, listener?: ListenerOf<C, Name>): this {
    this.#core.listeners.remove(event, listener);
    return this;
  }

  /** Events of the server, for a loop. */
  receiver<Name extends EventName<C>>(event: Name): Heard<EventData<C, Name>> {
    checkText('receive event', event);
    return this.#core.streams.heard('receiver', event);
  }

  /** Calls of the server, for a loop that answers each by its `end` or `error`. */
  procedure<Name extends ProcedureName<C>>(
    procedure: Name,
  ): Heard<ProcedureCall<ProcedureData<C, Name>, ProcedureResult<C, Name>>> {
    checkText('answer procedure', procedure);
    return this.#core.streams.heard('procedure', procedure);
  }

  /** Events of the client itself, for a loop; each is one object. */
  listener<Name extends keyof LocalEvents>(event: Name): Heard<LocalDetails[Name]> {
    checkText('listen to event', event);
    return this.#core.streams.heard('listener', event);
  }

  // Sending

  /** Sends an event. With a callback it is a call: the callback gets the answer, TimeoutError or BadConnectionError. */
  emit<Name extends EventName<C> | ProcedureName<C>>(event: Name, ...details: EmitDetails<C, Name>): void {
    const [data, answered] = details as [data?: unknown, answered?: Answered];
    checkCallback(`emit "${event}"`, answered);
    if (answered) {
      this.#core.call(event, data, answered);
    } else {
      this.#core.transmit(event, data);
    }
  }

  /** Sends an event nobody answers. */
  transmit<Name extends EventName<C>>(event: Name, ...[data]: Payload<EventData<C, Name>>): void {
    this.#core.transmit(event, data);
  }

  /** Calls the server. Rejects with its error, TimeoutError or BadConnectionError. */
  invoke<Name extends ProcedureName<C>>(
    procedure: Name,
    ...[data, options]: PayloadAnd<ProcedureData<C, Name>, InvokeOptions>
  ): Promise<ProcedureResult<C, Name>> {
    checkInvokeOptions(procedure, options);
    return this.#core.invoke(procedure, data, options?.ackTimeout) as Promise<ProcedureResult<C, Name>>;
  }

  /** Sends a message as it is; the server raises `raw`. Without a connection it is lost. */
  send(message: Message): void {
    checkMessage(message);
    this.#core.connection.sendMessage(message);
  }
}

/** A callback here would never be called: `emit` takes one. */
function checkInvokeOptions(procedure: string, options: unknown): void {
  if (options !== undefined && !isObject(options)) {
    throw new TypeError(
      `Cannot invoke "${procedure}" with options ${describe(options)}: wanted is an object such as { ackTimeout: 5_000 }`,
    );
  }
}
