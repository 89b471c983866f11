/** Checks at the doors: what an application gives that the types cannot forbid to JavaScript. */

/**
 * Makes sure that a value is text.
 *
 * @param deed What cannot be done otherwise: "publish to a channel".
 * @throws TypeError when it is none.
 */
export function wantText(deed: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') {
    throw new TypeError(`Cannot ${deed}: current value is of type ${typeOf(value)}, wanted is text`);
  }
}

/** Makes sure that a value is a function. Otherwise as `wantText`. */
export function wantFunction(
  deed: string,
  value: unknown,
): asserts value is (...details: never[]) => unknown {
  if (typeof value !== 'function') {
    throw new TypeError(`Cannot ${deed}: current value is of type ${typeOf(value)}, wanted is a function`);
  }
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
