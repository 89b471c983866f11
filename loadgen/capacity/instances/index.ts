/** Door of `instances`: types of EC2, their prices and their limits. */
export { warnOfAge } from './age.ts';
export { chooseInstances, type Instance, instanceNamed, type Snapshot } from './instance.ts';
export {
  allowanceCounters,
  limits,
  networkOf,
  TRACKING_LEFT_COUNTER,
  trackedConnectionsOf,
  warnOfIdle,
} from './limits.ts';
export { multiplyPrices, withPrices, withPricesOf } from './prices.ts';
export { readSnapshot } from './snapshot.ts';
export { type Tier, tiers } from './tiers.ts';
