/**
 * Refuses what a function cannot be called with. The types say the same to those who compile; without them a wrong
 * argument would go out on the wire, or wait for ever in silence.
 */
import { describe } from './check-options.ts';

/** @throws TypeError unless it is text that is not empty. */
export function checkText(action: string, text: unknown): asserts text is string {
  if (typeof text !== 'string' || text === '') {
    throw new TypeError(`Cannot ${action} ${describe(text)}: wanted is text that is not empty`);
  }
}

/** @throws TypeError unless it is a function. */
export function checkFunction(action: string, listener: unknown): void {
  if (typeof listener !== 'function') {
    throw new TypeError(`Cannot ${action} with ${describe(listener)}: wanted is a function`);
  }
}

/** @throws TypeError when it is there and no function. */
export function checkCallback(action: string, callback: unknown): void {
  if (callback !== undefined && callback !== null) {
    checkFunction(action, callback);
  }
}

/** @throws TypeError for a function: it cannot travel, and stands most likely where the callback should. */
export function checkData(action: string, data: unknown): void {
  if (typeof data === 'function') {
    throw new TypeError(`Cannot ${action} with a function as its data: wanted is (name, data, callback)`);
  }
}

/** @throws TypeError unless a WebSocket takes it as it is. */
export function checkMessage(message: unknown): void {
  const isBinary = message instanceof ArrayBuffer || ArrayBuffer.isView(message) || message instanceof Blob;
  if (typeof message !== 'string' && !isBinary) {
    throw new TypeError(
      `Cannot send message ${describe(message)}: wanted is text, ArrayBuffer or a view of one`,
    );
  }
}
