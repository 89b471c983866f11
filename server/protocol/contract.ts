/**
 * What client and server may say to each other, as types: the names and payloads of an application's own events,
 * procedures and channels. Nothing but types.
 */

/**
 * Names and payloads an application agrees on. A part that is left out holds no names at all.
 *
 * - `events`: payload by name, for events nobody answers, in either direction
 * - `procedures`: function by name, `(data) => result`, for calls in either direction
 * - `channels`: payload by name; a name may be a template such as `` `room/${string}` ``
 */
export interface Contract {
  events?: object;
  procedures?: object;
  channels?: object;
}

/** The contract of whoever has none: every name is allowed and every payload unknown. */
export interface Untyped {
  events: Record<string, unknown>;
  procedures: Record<string, (data?: unknown) => unknown>;
  channels: Record<string, unknown>;
}

type PartOf<C extends Contract, Part extends keyof Contract> =
  C extends Record<Part, infer Found extends object> ? Found : Record<never, never>;

export type EventName<C extends Contract> = string & keyof PartOf<C, 'events'>;
export type ProcedureName<C extends Contract> = string & keyof PartOf<C, 'procedures'>;
export type ChannelName<C extends Contract> = string & keyof PartOf<C, 'channels'>;

export type EventData<C extends Contract, Name extends string> =
  Name extends EventName<C> ? PartOf<C, 'events'>[Name] : never;

export type ChannelData<C extends Contract, Name extends string> =
  Name extends ChannelName<C> ? PartOf<C, 'channels'>[Name] : never;

export type ProcedureData<C extends Contract, Name extends string> =
  Name extends ProcedureName<C>
    ? PartOf<C, 'procedures'>[Name] extends (...data: infer Data) => unknown
      ? Data[0]
      : never
    : never;

export type ProcedureResult<C extends Contract, Name extends string> =
  Name extends ProcedureName<C>
    ? PartOf<C, 'procedures'>[Name] extends (...data: never[]) => infer Result
      ? Awaited<Result>
      : never
    : never;

/** Data may be left out where undefined is a value of it. */
export type Payload<Data> = undefined extends Data ? [data?: Data] : [data: Data];

/** Data and one thing more that may be left out. */
export type PayloadAnd<Data, More> = undefined extends Data
  ? [data?: Data, more?: More]
  : [data: Data, more?: More];

/** Told of the answer to a call. `error` is null on success. */
export type AnsweredBy<C extends Contract, Name extends string> = (
  error: unknown,
  data?: ProcedureResult<C, Name>,
) => void;

/** What `emit` takes after the name: the callback only for procedures. */
export type EmitDetails<C extends Contract, Name extends string> =
  Name extends ProcedureName<C>
    ? PayloadAnd<ProcedureData<C, Name>, AnsweredBy<C, Name>>
    : Payload<EventData<C, Name>>;

/** Answers a call, once. `error` null or undefined means success. Does nothing for an event that is no call. */
export type Respond<Result = unknown> = (error?: unknown, data?: Result) => void;

/** Takes an event or a call of the other side. What it returns is waited for at most, never sent. */
export type Handler<C extends Contract, Name extends string> =
  Name extends ProcedureName<C>
    ? (data: ProcedureData<C, Name>, respond: Respond<ProcedureResult<C, Name>>) => unknown
    : (data: EventData<C, Name>) => unknown;
