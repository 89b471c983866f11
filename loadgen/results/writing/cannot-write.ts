/** Why something cannot be written, as the one sentence that people are told. */
import { ClusterError } from '../../../server/errors/index.ts';

/** What a disk says that gave out. Of everything else another place is the remedy. */
const failures: Record<string, string> = {
  EDQUOT: 'the quota is used up',
  EFBIG: 'no file may be that large',
  EIO: 'the device failed',
  ENOSPC: 'no space left',
};

/** What is told beside the cause. */
interface Unwritten {
  /** What would be right if the place is wrong, as `a folder that can be written to`. */
  wanted: string;
  /** What follows if the disk gave out, or what is kept. */
  besides?: string;
}

/**
 * Makes the error for something that cannot be written: RESULTS_UNWRITTEN where the disk gave out, OPTION_INVALID where
 * the place is wrong.
 *
 * @param what With its path, as `run record "a/run.jsonl"`.
 * @param cause What the file system threw.
 */
export function cannotWrite(what: string, cause: unknown, { wanted, besides }: Unwritten): ClusterError {
  if (cause instanceof ClusterError) return cause;
  const { code = String(cause) } = cause as NodeJS.ErrnoException;
  const failure = failures[code];
  if (failure === undefined) {
    return new ClusterError(`Cannot write ${what}: wanted ${wanted} (${code})`, {
      code: 'OPTION_INVALID',
      cause,
    });
  }
  const told = besides === undefined ? failure : `${failure}; ${besides}`;
  return new ClusterError(`Cannot write ${what}: ${told}`, { code: 'RESULTS_UNWRITTEN', cause });
}
