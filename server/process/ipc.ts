/**
 * What parent and child processes say to each other: JSON over Node's own channel, some messages a
 * second. Publications go another way, over the links between workers and brokers.
 */

/** One message between a parent and its child. Whatever JSON drops (functions, `undefined`) does not arrive. */
export interface Message {
  type: string;
  [field: string]: unknown;
}

/** What every parent may say. Roles add messages of their own. */
export type ParentMessage = { type: 'start'; options: unknown } | ({ type: 'stop' } & Leave);

/** How a child is to end: within which time, and whatever else its role is told. */
export interface Leave {
  withinMs: number;
  [field: string]: unknown;
}

/** What every child may say. Roles add messages of their own. */
export type ChildMessage =
  /** Listens from now on. What a cluster's worker is sent before that is lost. */
  | { type: 'hello' }
  | { type: 'ready'; details: unknown }
  | { type: 'snapshot'; snapshot: unknown }
  | { type: 'failed'; message: string; code?: string; stack?: string };

/** The end of a channel, as a `ChildProcess` and a child's own `process` have it. */
export interface Channel {
  readonly connected: boolean;
  send?(message: object, handle: undefined, options: undefined, sent: (error: Error | null) => void): boolean;
}

/**
 * Sends a message, or drops it when the other side is gone: its end is told by other means. `settled`
 * is called once the message has left this process or can no longer leave it.
 *
 * @throws TypeError when the message cannot be written as JSON, for example because it is circular.
 */
export function post(channel: Channel, message: Message, settled: () => void = ignore): void {
  if (!channel.connected || channel.send === undefined) {
    settled();
    return;
  }
  try {
    channel.send(message, undefined, undefined, () => settled());
  } catch (error) {
    throw new TypeError(`Cannot send message "${message.type}" to another process: ${textOf(error)}`, {
      cause: error,
    });
  }
}

/** Tells whether something that came over a channel is a message of this house. */
export function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The message of anything thrown. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function ignore(): void {}
