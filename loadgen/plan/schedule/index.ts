/** Arrivals, turns and lives of users, in time; and what they add up to. */
export { meanArrivalRate, stageSeconds } from './arrivals.ts';
export { deliveriesPerSecond, expectedIn, messagesPerSecond, plannedIn } from './rates.ts';
export type { Schedule } from './schedule.ts';
export { createSchedule } from './schedule.ts';
