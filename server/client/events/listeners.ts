/** Listeners by event name, and which names a client keeps for itself. */
import { checkFunction, checkText } from '../checks/index.ts';
import type { LocalEvents } from '../contract.ts';

/** A listener of any event: what it is called with depends on the event's name alone. */
export type AnyListener = (...details: never) => void;

const localNames: Record<keyof LocalEvents, true> = {
  authStateChange: true,
  authenticate: true,
  close: true,
  connect: true,
  connectAbort: true,
  connecting: true,
  deauthenticate: true,
  disconnect: true,
  error: true,
  kickOut: true,
  message: true,
  raw: true,
  removeAuthToken: true,
  subscribe: true,
  subscribeFail: true,
  subscribeRequest: true,
  subscribeStateChange: true,
  unsubscribe: true,
};

/** Tells whether only the client itself raises events of this name. A server cannot fake them. */
export function isLocalEvent(name: string): name is keyof LocalEvents {
  return Object.hasOwn(localNames, name);
}

export class Listeners {
  readonly #entries = new Map<string, { listener: AnyListener; once: boolean }[]>();

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** @throws TypeError without a name or without a function. */
  add(event: string, listener: AnyListener, once = false): void {
    checkText('listen to event', event);
    checkFunction(`listen to event "${event}"`, listener);
    this.#entries.set(event, [...(this.#entries.get(event) ?? []), { listener, once }]);
  }

  /** Removes one listener, all of an event, or all. */
  remove(event?: string, listener?: AnyListener): void {
    if (event === undefined) {
      this.#entries.clear();
      return;
    }
    const left = (this.#entries.get(event) ?? []).filter(
      (entry) => listener !== undefined && entry.listener !== listener,
    );
    if (left.length === 0) {
      this.#entries.delete(event);
    } else {
      this.#entries.set(event, left);
    }
  }

  /** Calls the listeners that the event has at this moment, in the order they came. Returns false when there is none. */
  call(event: string, ...details: unknown[]): boolean {
    const entries = this.#entries.get(event);
    if (entries === undefined) {
      return false;
    }
    for (const { listener, once } of entries) {
      if (once) {
        this.remove(event, listener);
      }
      callSafely(listener, ...details);
    }
    return true;
  }
}

/** Calls a listener. What it throws is the application's failure, not the connection's: it is thrown afterwards. */
export function callSafely(listener: AnyListener, ...details: unknown[]): void {
  try {
    (listener as (...details: unknown[]) => void)(...details);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
