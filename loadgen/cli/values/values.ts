/** Values of options: text from the command line → what a command wants, or wrong usage in one sentence. */
import { InvalidArgumentError } from 'commander';
import { ClusterError } from '../../../server/errors/index.ts';

/** Reads a whole number, 0 or more. */
export function integer(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new InvalidArgumentError('Wanted is a whole number.');
  }
  return Number(text);
}

/** Reads a whole number, 1 or more. */
export function positive(text: string): number {
  const value = integer(text);
  if (value === 0) {
    throw new InvalidArgumentError('Wanted is 1 or more.');
  }
  return value;
}

/** Reads the number of a port, 0 for any free one. */
export function port(text: string): number {
  const value = integer(text);
  if (value > 65_535) {
    throw new InvalidArgumentError('Wanted is a port, 0 to 65535.');
  }
  return value;
}

/** Reads names with commas between them. */
export function names(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

/**
 * Reads a header line, and adds it to those read before.
 *
 * @throws ClusterError USAGE_WRONG; commander's own sentence would quote what may be a secret.
 */
export function header(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):\s*(\P{Cc}*)$/u.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new ClusterError("Cannot read --header: wanted is 'Name: value'", { code: 'USAGE_WRONG' });
  }
  return { ...before, [name]: value };
}

/** Gathers what is given again and again. */
export function all(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Makes commander report what a parser of the plan refuses as wrong usage. */
export function wanted(
  flag: string,
  parse: (flag: string, text: string) => number,
): (text: string) => number {
  return (text) => {
    try {
      return parse(flag, text);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      // commander says itself which option has which value.
      const refusal = new InvalidArgumentError(why.replace(/^.*, wanted (.+)$/, 'Wanted is $1.'));
      throw Object.assign(refusal, { cause: error });
    }
  };
}

/** Takes a text the first time. */
export function once(text: string, before?: string): string {
  if (before !== undefined)
    throw new InvalidArgumentError(`Wanted is one, and "${before}" was given before.`);
  return text;
}
