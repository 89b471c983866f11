/**
 * Handlers of one socket by event name. A flat list: sockets have few handlers and there are very many
 * sockets, so a list costs less memory than a table and is searched as fast.
 */

import { throwLater, wantFunction, wantText } from '../../errors/index.ts';

/**
 * Takes an event's data. `respond` answers a call and does nothing for an event that is none. When it
 * returns a promise, what the client sent after it waits for its end, unless the option `strictOrder` is off;
 * a listener that keeps its promise to itself (`void work()`) holds nobody up.
 */
export type Listener = (data: unknown, respond: Respond) => unknown;

/** Answers a call, once. `error` null or undefined means success. */
export type Respond = (error?: unknown, data?: unknown) => void;

/** A listener of any event: what it is called with depends on the event's name alone. */
export type AnyListener = (...details: never[]) => unknown;

/** @throws TypeError when an event is no text or a listener no function. */
export function wantListener(event: unknown, listener: unknown): void {
  wantText('listen to an event', event);
  wantFunction(`listen to the event "${event}"`, listener);
}

export class Listeners {
  #entries: { event: string; listener: AnyListener; once: boolean }[] = [];

  add(event: string, listener: AnyListener, once = false): void {
    this.#entries.push({ event, listener, once });
  }

  /** Removes one listener, or all of the event. */
  remove(event: string, listener?: AnyListener): void {
    this.#entries = this.#entries.filter(
      (entry) => entry.event !== event || (listener !== undefined && entry.listener !== listener),
    );
  }

  /** Whether an event has any. Asked for each message, so it makes nothing. */
  has(event: string): boolean {
    for (const entry of this.#entries) {
      if (entry.event === event) {
        return true;
      }
    }
    return false;
  }

  /**
   * Calls the event's listeners in the order they were added. Returns false when there is none, and a promise
   * of their end when any of them is asynchronous. What one of them throws is an error that nobody catches: the
   * others are called, and whoever calls goes on.
   */
  call(event: string, ...details: unknown[]): boolean | Promise<void> {
    let found = false;
    let running: Promise<unknown>[] | undefined;
    // Listeners may add and remove listeners: those of this moment are called.
    for (const entry of this.#entries.length === 1 ? this.#entries : [...this.#entries]) {
      if (entry.event === event) {
        found = true;
        if (entry.once) {
          this.#entries = this.#entries.filter((other) => other !== entry);
        }
        const ending = callOne(entry.listener, details);
        if (ending !== undefined) {
          running ??= [];
          running.push(ending);
        }
      }
    }
    return running === undefined ? found : endOf(running);
  }
}

/** Returns the listener's end when it is asynchronous. */
function callOne(listener: AnyListener, details: unknown[]): Promise<unknown> | undefined {
  try {
    const result = (listener as (...details: unknown[]) => unknown)(...details);
    return result instanceof Promise ? result : undefined;
  } catch (error) {
    throwLater(error);
    return undefined;
  }
}

/** Resolves when all have ended. What an asynchronous listener throws ends the worker, as any other's error does. */
async function endOf(running: readonly Promise<unknown>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(running)) {
    if (outcome.status === 'rejected') {
      throwLater(outcome.reason);
    }
  }
}
