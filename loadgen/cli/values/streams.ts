/** Standard output and standard error. Either may be a pipe that nobody reads, or lie on a disk that is full. */
import { catalogue } from '../../../server/errors/index.ts';

/** The part of `process` that is looked after. */
type Streams = Pick<NodeJS.Process, 'on' | 'stdout' | 'stderr'> & { exitCode?: NodeJS.Process['exitCode'] };

/** Whoever reads along may leave, as `head` does: that is no reason to complain. */
const LEFT = 'EPIPE';

/**
 * Lets a command go on when nobody can follow it: a run is not ended by its own progress. What it was asked to print
 * is another matter: that it cannot be written is told on standard error, and what would have ended well does not.
 */
export function guardStreams(own: Streams): void {
  let isTold = false;
  own.stderr.on('error', ignore);
  own.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === LEFT || isTold) return;
    isTold = true;
    own.stderr.write(`Cannot write to standard output: ${code}\n`);
    own.on('exit', (exitCode) => {
      if (exitCode === 0) own.exitCode = catalogue.RESULTS_UNWRITTEN.exit;
    });
  });
}

function ignore(): void {}
