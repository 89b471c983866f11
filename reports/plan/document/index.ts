/** Door of `document`: what a plan says, read back, and in words. */
export { type Answer, answerOf, nameSize } from './answer.ts';
export {
  capacityOf,
  isFromCosts,
  limitsOfSize,
  outcomeOf,
  type TrialOutcome,
  writeCapacity,
} from './capacity.ts';
export {
  limitsOfSlo,
  writeBytes,
  writeDollars,
  writeEstimated,
  writeInTime,
  writeInterval,
  writeLoad,
  writeNumber,
  writePercent,
  writeUsers,
} from './figures.ts';
export {
  chosenRows,
  fleetToBuy,
  standingOf,
  tierBases,
  writeFleet,
  writeStanding,
  writeTier,
} from './fleet-words.ts';
export type { PlanEstimate, PlanFleet, PlanFleets, PlanNeeded, PlanRow } from './fleets.ts';
export { missingOf } from './missing.ts';
export { parsePlan } from './parse.ts';
export type { PlanDocument, PlanSize, PlanTrial } from './schema.ts';
