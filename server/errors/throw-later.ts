/** Errors of the application's functions, which must not break what called them. */

/** Throws an error in a turn of its own: it ends the process like any that nobody catches, and breaks nothing else. */
export function throwLater(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}

/** Calls the application. What it throws comes up in a turn of its own; the caller goes on. */
export function shielded(act: () => void): void {
  try {
    act();
  } catch (error) {
    throwLater(error);
  }
}
