/** The log of the master and of the commands: JSON lines on stderr, or lines for people on a terminal. */
import { destination, type Logger, pino } from 'pino';
import { readableLine } from './readable-line.ts';

/** `silent` writes nothing; each further level writes more. */
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** Takes fields and a text: `log.info({ pid }, 'Worker is ready')`, or a text alone. */
export type Log = Pick<Logger, 'debug' | 'error' | 'info' | 'warn'>;

/** How a log is made. */
export interface LogOptions {
  level: LogLevel;
  /** Who speaks, for example the application's name. */
  name: string;
  /** Where the lines go. Default: stderr. */
  output?: { isTTY?: boolean; write(text: string): unknown };
}

const STDERR = 2;

/** Makes a log. */
export function createLog({ level, name, output = process.stderr }: LogOptions): Log {
  const settings = { level, name, formatters: { level: (label: string) => ({ level: label }) } };
  if (output.isTTY === true) {
    return pino(settings, { write: (json) => output.write(readableLine(json)) });
  }
  // Synchronous, so that the last line before an exit is not lost.
  return output === process.stderr
    ? pino(settings, destination({ dest: STDERR, sync: true }))
    : pino(settings, { write: (json) => output.write(json) });
}
