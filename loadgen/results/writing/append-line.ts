/** Files that grow by whole lines. Half a line would spoil the next one, so what cannot be written whole is taken back. */
import { appendFileSync, closeSync, fstatSync, ftruncateSync, openSync } from 'node:fs';

/**
 * Appends a value as one line of JSON, and makes the file with the first.
 *
 * @throws Error of the file system; the file is then as it was.
 */
export function appendLine(path: string, value: unknown): void {
  const file = openSync(path, 'a');
  try {
    writeLine(file, value);
  } finally {
    closeSync(file);
  }
}

/**
 * Writes a value as one line of JSON. It is with the operating system when this returns.
 *
 * @param file Opened for appending.
 * @throws Error of the file system; the file is then as it was.
 */
export function writeLine(file: number, value: unknown): void {
  const { size } = fstatSync(file);
  try {
    appendFileSync(file, `${JSON.stringify(value)}\n`);
  } catch (error) {
    takeBack(file, size);
    throw error;
  }
}

function takeBack(file: number, size: number): void {
  try {
    ftruncateSync(file, size);
  } catch {
    // Of a device nothing can be taken back; why it was not written is the error to tell.
  }
}
