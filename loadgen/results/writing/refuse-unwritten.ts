/** For whoever runs something only to look at what was recorded of it. */
import { ClusterError } from '../../../server/errors/index.ts';
import type { RunEvent } from '../record/index.ts';

/** @throws ClusterError RESULTS_UNWRITTEN when a run ended because its record could not be written any more. */
export function refuseUnwritten({ events }: { events: readonly RunEvent[] }): void {
  const unwritten = events.find(({ kind }) => kind === 'unwritten');
  if (unwritten !== undefined) throw new ClusterError(unwritten.text, { code: 'RESULTS_UNWRITTEN' });
}
