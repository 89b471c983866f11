/** How a bench says that a server did not survive its load. */
import { ClusterError } from '../../../server/errors/index.ts';
import type { Breakdown } from '../measurements/index.ts';

/** The server of a build ended under load. It ends the block, and with it the job: which way depends on the build. */
export class ServerBrokeDown extends ClusterError {
  readonly breakdown: Breakdown;

  constructor(breakdown: Breakdown, { cause }: { cause?: unknown } = {}) {
    super(`Cannot load the ${breakdown.arm}: ${breakdown.why}`, { code: 'MEASUREMENT_FAILED', cause });
    this.breakdown = breakdown;
  }
}
