/** Door of `fleet`: how many users which machines carry, at what price. */
export { type FleetTable, planFleets, type RankedRow } from './fleet.ts';
export { fleetsFor, type Needed, type NeededFleet, type Wanted } from './needed.ts';
export type { Advice } from './next.ts';
export { busyOf } from './node/index.ts';
export type {
  FleetQuestion,
  Grade,
  Machine,
  Measured,
  Prediction,
  Score,
  ScoredInstance,
  Surroundings,
  UnitCosts,
  UserRates,
} from './question.ts';
export type { FleetLimitName, FleetRow } from './row.ts';
