/** What a command that failed tells the person who typed it, and the shell. */
import { CommanderError } from 'commander';
import { ClusterError } from '../../../server/errors/index.ts';
import { redactText } from '../../plan/secrets/index.ts';

/** Exit code for a command line that cannot be understood. */
const WRONG_USAGE = 2;

/** Prints why a command failed, in sentences where they are known, and returns its exit code. */
export function explain(error: unknown, stderr: { write(text: string): unknown } = process.stderr): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : WRONG_USAGE; // commander has printed its sentence
  }
  if (error instanceof ClusterError) {
    stderr.write(`${redactText(error.message)}\n`);
    return error.exitCode;
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(`${redactText(told)}\n`);
  return 1;
}
