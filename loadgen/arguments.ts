/** What stands behind the flags of a command line, read and refused as commander wants it, and the line as a whole. */
import { InvalidArgumentError } from 'commander';

/** Reads a whole number from 0. */
export function integer(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new InvalidArgumentError('Wanted is a whole number.');
  }
  return Number(text);
}

/** Reads a whole number from 1. */
export function positive(text: string): number {
  const value = integer(text);
  if (value === 0) {
    throw new InvalidArgumentError('Wanted is 1 or more.');
  }
  return value;
}

/** Reads names with commas between them. */
export function names(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

/** Reads a header line, and adds it to those read before. */
export function header(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):\s*(\P{Cc}*)$/u.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError("Wanted is 'Name: value'.");
  }
  return { ...before, [name]: value };
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
      const refusal = new InvalidArgumentError(error instanceof Error ? error.message : String(error));
      throw Object.assign(refusal, { cause: error });
    }
  };
}

/** Writes the command that repeats this one, from its first words and what follows them. */
export function commandLine(start: string, parameters: readonly string[]): string {
  const words = parameters.map((word) => (/^[\w./:=@-]+$/.test(word) ? word : JSON.stringify(word)));
  return [start, ...words].join(' ').replace(/ --$/, '');
}
