/** A plan: its trials, and the document that is made of them. */
import { relative } from 'node:path';
import type { PlanDocument } from '../../../reports/plan/index.ts';
import { ClusterError } from '../../../server/errors/index.ts';
import { toolVersion, whileAwake } from '../../host/index.ts';
import type { Score, ScoredInstance } from '../fleet/index.ts';
import type { Instance, Snapshot } from '../instances/index.ts';
import type { LedgerPrediction } from '../predictions/index.ts';
import { createDraws } from '../simulation/index.ts';
import { documentOf, lawOf, pointsOf } from './answer/index.ts';
import { type Foretelling, keepPredictions, subjectsOf } from './foretell.ts';
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
 * Measures and answers; what was measured and foretold goes to the ledger.
 * @throws what `runTrials` throws.
 */
export async function planCapacity(
  request: PlanRequest,
  follower: PlanFollower,
  run: typeof runTrials = runTrials,
): Promise<PlanDocument> {
  const { here, ledger, out, score, ...answering } = request;
  const { planned, isAwake } = await whileAwake(async (isAwake) => ({
    planned: await run(request, follower),
    isAwake,
  }));
  const [at, host, draw] = [new Date(), { ...hostPart(), isAwake }, createDraws(SEED, 0).even];
  const points = pointsOf(planned.points);
  const law = lawOf(points, draw);
  const subjectOf = subjectsOf({ ...request, host, share: planned.points[0]?.share });
  const { predictions, remarks } = keep(ledger, { points, fit: law, subjectOf, at });
  return documentOf(
    { ...planned, remarks: [...planned.remarks, ...remarks] },
    {
      ...answering,
      machine: {
        sharesCore: here?.sharesCore ?? sharesCore(),
        ...(here && { instance: here }),
        ...(score && { score }),
      },
      ...{ at, draw, host, law, predictions },
      project: toolVersion(),
      folder: (path) => relative(out, path),
    },
  );
}

/** A ledger that takes nothing any more costs a plan its predictions, and not all that was measured. */
function keep(
  ledger: string | undefined,
  foretelling: Foretelling,
): { predictions: readonly LedgerPrediction[]; remarks: readonly string[] } {
  if (ledger === undefined) return { predictions: [], remarks: [] };
  try {
    return { predictions: keepPredictions(ledger, foretelling), remarks: [] };
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return { predictions: [], remarks: [error.message] };
  }
}
