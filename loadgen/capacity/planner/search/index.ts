/** Door of `search`: the capacity of so many workers, found by trials that are run. */
export { mostUsersOf, scenarioAt, scenarioFor } from './scenario-at.ts';
export {
  type Follower,
  type MeasuredTrial,
  type SizeFound,
  type SizeSearch,
  searchSize,
} from './search-size.ts';
