/** Makes an Error of anything that was thrown, or given as an error: text is its message, all else as JSON. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(textOf(error), { cause: error });
}

function textOf(error: unknown): string {
  if (typeof error === 'string') {
    return error;
  }
  try {
    return JSON.stringify(error) ?? String(error);
  } catch {
    return String(error);
  }
}
