/** What a plan does not hold: it was interrupted, or was not asked for it. */
import { isFromCosts } from './capacity.ts';
import type { PlanDocument } from './schema.ts';

type Part = readonly [what: string, isMissing: (document: PlanDocument) => boolean];

/** What a search tells: nothing is missing of it where there is nothing to search. */
const searched: readonly Part[] = [
  ['the search: no number of workers was tried', ({ sizes }) => sizes.length === 0],
  [
    'a confirmed capacity: no soak has passed',
    ({ sizes: [size] }) => size !== undefined && size.confirmed === null,
  ],
  [
    'the proof of the generator: until there is one, capacities are lower bounds',
    ({ proof }) => proof === null,
  ],
  [
    'the geometric mean over all limits: not every limit has a capacity',
    ({ sizes: [size] }) => size !== undefined && size.geometricMean === null,
  ],
  [
    'the scaling law: it takes the capacities of several numbers of workers',
    ({ scaling }) => scaling === null,
  ],
];

const others: readonly Part[] = [
  ['costs by role', ({ costs }) => costs.length === 0],
  ['memory by socket', ({ memory }) => memory === null],
  ['the calibration of this machine', ({ calibration }) => calibration === null],
  ['fleets and their prices', ({ fleets }) => fleets === null],
];

/** Lists what is missing, each without capital and full stop; empty for a whole plan. */
export function missingOf(document: PlanDocument): string[] {
  const parts = isFromCosts(document) ? others : [...searched, ...others];
  return parts.filter(([, isMissing]) => isMissing(document)).map(([what]) => what);
}
