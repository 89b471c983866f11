/**
 * The file of a ledger: lines are checked one by one when it is read. What a process that was killed left of its last
 * line is passed over, and taken away before the next is appended.
 */
import { appendFileSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { parse } from '../../../reports/gate/lines/index.ts';
import { ClusterError } from '../../../server/errors/index.ts';
import { appendLine, cannotWrite, makePath } from '../../results/index.ts';
import { hashOf, type Line, lineSchema, PREDICTIONS_VERSION } from './lines.ts';

/**
 * Reads all whole lines in their order; place `n` of the result is line `n + 1` of the file.
 * @throws ClusterError `RECORD_INVALID` when there is no file, or naming the first line that is none or was changed.
 */
export function readFile(path: string): Line[] {
  return wholeLines(readText(path)).map((text, index) => toLine(text, { path, number: index + 1 }));
}

/**
 * Appends a line, whole or not at all; with the first the file is made, and the folder it lies in.
 * @throws ClusterError `OPTION_INVALID` when the file cannot be written, `RESULTS_UNWRITTEN` when the disk is full.
 */
export function appendToFile(path: string, line: Line): void {
  try {
    makePath(dirname(path));
    if (isPlainFile(path)) mend(path);
    appendLine(path, line);
  } catch (error) {
    throw cannotWrite(`predictions "${path}"`, error, {
      wanted: 'a file that can be appended to',
      besides: 'the lines before are kept',
    });
  }
}

function readText(path: string): string {
  try {
    if (isPlainFile(path)) return readFileSync(path, 'utf8');
  } catch (cause) {
    throw noFile(path, cause);
  }
  throw noFile(path);
}

function noFile(path: string, cause?: unknown): ClusterError {
  return new ClusterError(`Cannot read predictions "${path}": wanted a file that exists`, {
    code: 'RECORD_INVALID',
    cause,
  });
}

/** Devices can be read for ever. */
function isPlainFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** The last line may lack its end only when it is whole without. */
function wholeLines(text: string): string[] {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  return parse(last) === undefined ? lines : [...lines, last];
}

/** Ends the last line, or takes it away when it is not whole. */
function mend(path: string): void {
  const bytes = readFileSync(path);
  const start = bytes.lastIndexOf('\n') + 1;
  if (start === bytes.length) return;
  if (parse(bytes.toString('utf8', start)) === undefined) truncateSync(path, start);
  else appendFileSync(path, '\n');
}

function toLine(text: string, { path, number }: { path: string; number: number }): Line {
  const unreadable = (why: string, cause?: unknown): ClusterError =>
    new ClusterError(`Cannot read line ${number} of predictions "${path}": ${why}`, {
      code: 'RECORD_INVALID',
      cause,
    });
  const raw = parse(text);
  const { data, error } = lineSchema.safeParse(raw);
  if (data === undefined) {
    throw unreadable(`wanted a prediction or measurement of version ${PREDICTIONS_VERSION} or older`, error);
  }
  // Of the text as it is, not of what the schema takes from it: what was added counts as changed.
  const found = hashOf((raw as Record<string, unknown>)[data.type]);
  if (found === data.hash) return data;
  throw unreadable(
    `its text has the hash ${found}, wanted ${data.hash}: it was changed after it was written`,
  );
}
