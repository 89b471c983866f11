/** Files that are only ever appended to: one JSON object a line, each checked on its own. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ClusterError } from '../../../server/errors/index.ts';

/** What a file of lines is, in the words of its errors. */
export interface LineFile<Line> {
  /** As "ledger". */
  name: string;
  /** What is wanted of the file, as "a file that exists". */
  file: string;
  /** What is wanted of each line, as "a job of version 1 or older". */
  line: string;
  schema: z.ZodType<Line>;
}

/**
 * Reads all lines in the order they were appended; empty ones are passed over.
 * @throws ClusterError RECORD_INVALID when the file cannot be read, or naming the first line that is not what it should be.
 */
export function readLines<Line>(path: string, kind: LineFile<Line>): Line[] {
  const lines = readText(path, kind).split('\n');
  return lines.flatMap((text, index) =>
    text === '' ? [] : [readLine(path, { text, number: index + 1, kind })],
  );
}

function readText(path: string, { name, file }: Pick<LineFile<unknown>, 'name' | 'file'>): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ClusterError(`Cannot read ${name} "${path}": wanted ${file}`, {
      code: 'RECORD_INVALID',
      cause,
    });
  }
}

function readLine<Line>(
  path: string,
  { text, number, kind }: { text: string; number: number; kind: LineFile<Line> },
): Line {
  const line = kind.schema.safeParse(parse(text));
  if (line.success) return line.data;
  throw new ClusterError(`Cannot read line ${number} of ${kind.name} "${path}": wanted ${kind.line}`, {
    code: 'RECORD_INVALID',
    cause: line.error,
  });
}

/** Gives undefined, which no schema takes, for what is no JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
