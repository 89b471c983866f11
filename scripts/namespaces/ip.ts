/** The program `ip` of iproute2, with a limit for its time. */
import { execFile } from 'node:child_process';

/** Far more than any of its commands takes; what hangs in the kernel must not hang a test. */
const WITHIN_MS = 10_000;

/**
 * Runs `ip` and returns what it printed. Lines of a batch go in by standard input, and end at the first that fails.
 *
 * @throws Error with the words of `ip` when it fails or is not done within 10 s.
 */
export function ip(args: readonly string[], batch: readonly string[] = []): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: WITHIN_MS, killSignal: 'SIGKILL' } as const;
    const child = execFile('ip', args, options, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout);
        return;
      }
      const why = stderr.trim() || (error.killed ? `not done within ${WITHIN_MS} ms` : error.message);
      reject(new Error(`Cannot run "ip ${args.join(' ')}": ${why}`, { cause: error }));
    });
    // It may have ended before it has read a line: its own words say why.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(batch.map((line) => `${line}\n`).join(''));
  });
}
