/**
 * Whether behaviours of the scenario's own did what they are for. One that ends with an error leaves its user silent
 * for the rest of the connection, and no schedule tells what it would have sent.
 */
import type { OwnVisits } from '../record/index.ts';
import { total } from '../second.ts';
import type { Summary } from '../summary.ts';

/** Errors a visit above which so much of the load was missing that the figures are in doubt. */
const MOST_THROWN = 0.01;

/** A sentence for each group of which no visit went well. */
export function brokenGroups(visits: readonly OwnVisits[]): string[] {
  return visits
    .filter(({ begun, threw }) => begun > 0 && threw >= begun)
    .map(
      ({ group, begun, threw }) =>
        `Every visit of group "${group}" ended with an error: ${threw} of ${begun}`,
    );
}

/** A sentence where more errors came up than can be passed over. Some, as those nobody waited for, are of no visit. */
export function doubtsOfBehaviours({ users }: Summary, visits: readonly OwnVisits[]): string[] {
  const thrown = total(users.thrown);
  const begun = visits.reduce((sum, each) => sum + each.begun, 0);
  if (thrown <= MOST_THROWN * begun) return [];
  const [errors, visited] = [thrown === 1 ? 'error' : 'errors', begun === 1 ? 'visit' : 'visits'];
  return [
    `Behaviours of the scenario's own ended with ${thrown} ${errors} in ${begun} ${visited}: their users fell silent`,
  ];
}
