/** The oracle of a load process that counts for the workers of its users. */
import type { Schedule } from '../../plan/index.ts';
import type { Users } from '../users.ts';
import type { TellSpread } from './channel-log.ts';
import { plannedTimes } from './dates.ts';
import { Oracle } from './oracle.ts';

/** What the oracle is told of the run. */
export interface CreateOracleOptions {
  schedule: Schedule;
  users: Users;
  spread: TellSpread;
}

/** Makes the oracle for all users of a load process. */
export function createOracle({ schedule, users, spread }: CreateOracleOptions): Oracle {
  return new Oracle({
    users: users.count,
    publishers: schedule.plan.users,
    channelsOf: (user) => schedule.subscriptions(users.numberOf(user)),
    earliest: (publisher) => schedule.arrival(publisher),
    planned: (channel, stretch) => plannedTimes(schedule, channel, stretch),
    underWay: schedule.plan.answerWithin,
    lost: (user, intended) => users.workerOf(user).pushLost(intended),
    duplicated(user) {
      users.workerOf(user).counts.pushDuplicated += 1;
    },
    reordered(user) {
      users.workerOf(user).counts.pushReordered += 1;
    },
    spread,
  });
}
