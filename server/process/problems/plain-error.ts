import { inspect } from 'node:util';
import { ClusterError, catalogue, type ErrorCode } from '../../errors/index.ts';

/** An error on its way to another process. */
export interface PlainError {
  name: string;
  message: string;
  stack?: string;
  /** Of the catalogue, or what the application or the system gave. */
  code?: string;
}

/** A text of an error can hold what a client has sent; more of it would help nobody. */
const MOST_CHARACTERS = 8_192;

/** Makes what travels of anything thrown. */
export function plainOf(thrown: unknown): PlainError {
  if (!(thrown instanceof Error)) {
    return { name: 'Error', message: cut(String(thrown)) };
  }
  const { code } = thrown as { code?: unknown };
  return {
    name: thrown.name,
    message: cut(thrown.message),
    ...(thrown.stack === undefined ? {} : { stack: cut(stackOf(thrown)) }),
    ...(typeof code === 'string' ? { code } : {}),
  };
}

/** Makes an error again of what travelled: a ClusterError if it was one, with the stack of where it was made. */
export function errorOf({ name, message, stack, code }: PlainError): Error {
  const error =
    name === 'ClusterError' && isKnown(code) ? new ClusterError(message, { code }) : new Error(message);
  if (error.name !== name) {
    Object.defineProperty(error, 'name', { configurable: true, value: name, writable: true });
  }
  error.stack = stack ?? `${name}: ${message}`;
  return code === undefined || error instanceof ClusterError ? error : Object.assign(error, { code });
}

/** With what caused it, as only texts travel. */
function stackOf({ cause, stack = '' }: Error): string {
  if (cause === undefined) {
    return stack;
  }
  return `${stack}\nCaused by: ${cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause)}`;
}

function isKnown(code: string | undefined): code is ErrorCode {
  return code !== undefined && Object.hasOwn(catalogue, code);
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
