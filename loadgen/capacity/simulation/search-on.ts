/** A whole search on a simulated cluster. */
import {
  begin,
  type GivenSettings,
  learn,
  next,
  type SearchResult,
  type SearchState,
} from '../search/index.ts';
import type { SimulatedCluster } from './cluster.ts';
import { startSimulation } from './run.ts';

/** A search that has ended, with its trials. */
export interface EndedSearch {
  readonly state: SearchState;
  readonly result: SearchResult;
}

/** Searches until the end. The same cluster, seed and settings give the same search. */
export function searchOn(
  cluster: SimulatedCluster,
  { seed, settings }: { seed: number; settings: GivenSettings },
): EndedSearch {
  const run = startSimulation(cluster, { seed, slo: settings.slo });
  let state = begin(settings);
  for (;;) {
    const step = next(state);
    if (step.kind === 'done') return { state, result: step.result };
    state = learn(state, run(step));
  }
}
