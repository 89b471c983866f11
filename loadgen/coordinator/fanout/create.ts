/** The join of a plan: which load processes have anything to tell of a channel, and how long they are waited for. */
import { createSchedule, type Plan, usersOf } from '../../plan/index.ts';
import { FanoutJoin } from './join.ts';

/** Makes the join for a plan that so many load processes share. */
export function createFanoutJoin(plan: Plan, processes: number): FanoutJoin {
  const hasChannels = plan.groups.some(({ behaviour }) => behaviour.kind === 'channels');
  const tellers = processes > 1 && hasChannels ? tellersOf(plan, processes) : [];
  return new FanoutJoin(processes, { tellers, waitFor: plan.answerWithin });
}

/** How many load processes have subscribers of each channel, by its number. */
function tellersOf(plan: Plan, processes: number): number[] {
  const schedule = createSchedule(plan);
  const tellers: number[] = [];
  for (let process = 0; process < processes; process += 1) {
    const users = usersOf({ plan, process, processes });
    const channels = new Set(users.flatMap((user) => schedule.subscriptions(user)));
    for (const channel of channels) tellers[channel] = (tellers[channel] ?? 0) + 1;
  }
  return tellers;
}
