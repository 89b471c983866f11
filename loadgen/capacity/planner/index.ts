/** Door of `planner`: a capacity plan from its first trial to its document. */
export { calibrateHost } from './calibrate-host.ts';
export { keepPredictions, predictionsIn, subjectsOf } from './foretell.ts';
export { hostPart } from './host-part.ts';
export { observationsOf } from './outcomes/index.ts';
export { type PlanRequest, planCapacity } from './plan-capacity.ts';
export { readScores } from './read-scores.ts';
export { type SizeFound, searchSize } from './search/index.ts';
export { sizesFor } from './sizes.ts';
export { guessOf, type PlanFollower } from './work/index.ts';
