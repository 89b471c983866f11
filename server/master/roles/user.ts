import { execFileSync } from 'node:child_process';
import { ClusterError } from '../../errors/index.ts';

/** A user of the system, as numbers. */
export interface User {
  uid: number;
  gid: number;
}

/**
 * Finds the user whom processes are to become.
 *
 * @param wanted Name or number; false: nobody else.
 * @throws ClusterError OPTION_INVALID when there is no such user, or this process is not root.
 */
export function findUser(
  wanted: string | number | false,
  ownUid: number | undefined = process.getuid?.(),
): User | undefined {
  if (wanted === false) {
    return undefined;
  }
  if (ownUid !== 0) {
    throw refused(`this process is user ${ownUid ?? 'of a system without numbers'}, wanted is root`);
  }
  return { uid: ask('-u', wanted), gid: ask('-g', wanted) };
}

/** Node can name a user only to become it; the system's own command knows all its directories of users. */
function ask(flag: '-u' | '-g', user: string | number): number {
  try {
    return Number(execFileSync('id', [flag, '--', String(user)], { encoding: 'utf8', stdio: 'pipe' }));
  } catch (error) {
    throw refused(`there is no user "${user}"`, error);
  }
}

function refused(why: string, cause?: unknown): ClusterError {
  return new ClusterError(`Cannot use option "downgradeToUser": ${why}`, { code: 'OPTION_INVALID', cause });
}
