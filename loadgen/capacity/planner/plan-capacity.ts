/** A plan: its trials, and the document that is made of them. */
import { relative } from 'node:path';
import type { PlanDocument } from '../../../reports/plan/index.ts';
import { toolVersion } from '../../host/index.ts';
import type { Score, ScoredInstance } from '../fleet/index.ts';
import type { Instance, Snapshot } from '../instances/index.ts';
import { createDraws } from '../simulation/index.ts';
import { documentOf } from './answer/index.ts';
import { hostPart, sharesCore } from './host-part.ts';
import { type PlanFollower, type PlanTrials, runTrials } from './work/index.ts';

/** What is asked. */
export interface PlanRequest extends PlanTrials {
  /** Types to choose from. */
  readonly instances: readonly Instance[];
  readonly prices: Snapshot;
  readonly scores: readonly ScoredInstance[];
  /** What this host is, where it is one of EC2; and its score, where others are compared by theirs. */
  readonly here?: Instance | undefined;
  readonly score?: Score | undefined;
  /** Users that are to be carried. */
  readonly users?: number | undefined;
  /** File of predictions. Absent: none is kept. */
  readonly ledger?: string | undefined;
}

/** One stream for all that is drawn: the same trials make the same plan. */
const SEED = 1;

/**
 * Measures and answers.
 * @throws what `runTrials` and `documentOf` throw.
 */
export async function planCapacity(
  request: PlanRequest,
  follower: PlanFollower,
  run: typeof runTrials = runTrials,
): Promise<PlanDocument> {
  const { here, out, score, ...answering } = request;
  const planned = await run(request, follower);
  return documentOf(planned, {
    ...answering,
    machine: {
      sharesCore: here?.sharesCore ?? sharesCore(),
      ...(here && { instance: here }),
      ...(score && { score }),
    },
    host: hostPart(),
    at: new Date(),
    project: toolVersion(),
    folder: (path) => relative(out, path),
    draw: createDraws(SEED, 0).even,
  });
}
