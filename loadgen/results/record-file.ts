/** The run record on disk: lines appended while the run goes on, and read back into a `Run`. */
import { closeSync, createReadStream, fstatSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { ClusterError } from '../../server/errors/index.ts';
import { checkLine, isKnownLine, RECORD_VERSION, type RecordLine, type RunEvent } from './record/index.ts';
import { type Run, toRun } from './run.ts';
import { cannotWrite, writeLine } from './writing/index.ts';

/** What is wanted of the place of a record. */
const WRITABLE = 'a folder that exists and can be written to';

/** Name of the record in the folder of a run. */
export const RECORD_NAME = 'run.jsonl';

/** A record being written. */
export interface RecordFile {
  /** Appends one line. It is with the operating system when this returns, unless the record is lost. */
  append(line: RecordLine): void;
  /** Makes the file durable and closes it. May be called twice. */
  close(): void;
}

/**
 * Creates a record. One that is there already is left alone.
 *
 * Lines are written whole and at once: a few kilobytes a second cost nothing, and a crash of this process
 * then leaves every line that was appended.
 * @param lost Told once, when a line cannot be written: nothing is written any more, and what was before stays.
 * @throws ClusterError `OPTION_INVALID` when there is a file already or none can be made, `RESULTS_UNWRITTEN` when the
 *   disk has no room for it.
 */
export function createRecord(path: string, lost: (error: ClusterError) => void): RecordFile {
  const file = open(path);
  let state: 'open' | 'lost' | 'closed' = 'open';
  function attempt(write: () => void): void {
    if (state !== 'open') return;
    try {
      write();
    } catch (error) {
      state = 'lost';
      lost(
        cannotWrite(`run record "${path}"`, error, { wanted: WRITABLE, besides: 'what came before is kept' }),
      );
    }
  }
  return {
    append(line) {
      if (state === 'closed') throw new TypeError(`Cannot append to record "${path}": it is closed`);
      attempt(() => writeLine(file, line));
    },
    close() {
      if (state === 'closed') return;
      attempt(() => fsyncSync(file));
      state = 'closed';
      const isEmpty = fstatSync(file).size === 0;
      closeSync(file);
      if (isEmpty) rmSync(path); // Without a header it is no record, and would only be taken for one.
    },
  };
}

/**
 * Reads a record. Lines of unknown types are skipped. A last line that was cut short is left out, and a
 * warning among the events says so.
 * @throws ClusterError `RECORD_INVALID` naming the line, when the file is no record, of a newer version, or lacks what
 *   a line must have.
 */
export async function readRun(path: string): Promise<Run> {
  const lines: RecordLine[] = [];
  let cutShort: { number: number; cause: unknown } | null = null;
  let number = 0;
  for await (const text of readLines(path)) {
    number += 1;
    if (cutShort !== null) throw noLine(path, cutShort);
    if (text === '') continue;
    const parsed = parse(text);
    if ('cause' in parsed) {
      cutShort = { number, cause: parsed.cause };
      continue;
    }
    if (number === 1) checkVersion(path, parsed.value);
    if (isKnownLine(parsed.value)) lines.push(wholeLine(path, number, parsed.value));
  }
  // A single line that cannot be read is no record that was cut short: it is no record.
  if (lines.length === 0) throw noLine(path, cutShort ?? { number: 1, cause: undefined });
  if (cutShort !== null) lines.push(cutShortWarning(lines, cutShort.number));
  return toRun(lines);
}

function open(path: string): number {
  try {
    return openSync(path, 'ax');
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EEXIST';
    const wanted = isTaken ? 'a folder without the record of another run' : WRITABLE;
    throw cannotWrite(`run record "${path}"`, error, { wanted });
  }
}

async function* readLines(path: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    if (error instanceof ClusterError) throw error;
    throw new ClusterError(`Cannot read run record "${path}": wanted a file that exists`, {
      code: 'RECORD_INVALID',
      cause: error,
    });
  }
}

function parse(text: string): { value: unknown } | { cause: unknown } {
  try {
    return { value: JSON.parse(text) };
  } catch (cause) {
    return { cause };
  }
}

/** Another version may have other fields: it is looked at before they are. */
function checkVersion(path: string, value: unknown): void {
  const isHeader = isKnownLine(value) && value.type === 'header' && 'version' in value;
  if (!isHeader || typeof value.version !== 'number') throw noLine(path, { number: 1, cause: undefined });
  if (value.version <= RECORD_VERSION) return;
  throw new ClusterError(
    `Cannot read run record "${path}": its version is ${value.version}, wanted ${RECORD_VERSION} or older`,
    { code: 'RECORD_INVALID' },
  );
}

function wholeLine(path: string, number: number, value: Pick<RecordLine, 'type'>): RecordLine {
  const checked = checkLine(value);
  if ('line' in checked) return checked.line;
  throw invalid(path, { number, wanted: checked.wanted });
}

function cutShortWarning(lines: readonly RecordLine[], number: number): RunEvent {
  const second = lines.reduce((last, line) => ('second' in line ? Math.max(last, line.second) : last), 0);
  const text = `The record ends in the middle of line ${number}, which was left out`;
  return { type: 'event', second, kind: 'warning', text };
}

function noLine(path: string, { number, cause }: { number: number; cause: unknown }): ClusterError {
  const wanted = number === 1 ? 'the header of a run record' : 'one JSON object';
  return invalid(path, { number, wanted, cause });
}

function invalid(
  path: string,
  { number, wanted, cause }: { number: number; wanted: string; cause?: unknown },
): ClusterError {
  return new ClusterError(`Cannot read run record "${path}": wanted ${wanted} in line ${number}`, {
    code: 'RECORD_INVALID',
    cause,
  });
}
