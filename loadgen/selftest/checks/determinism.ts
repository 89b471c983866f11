/** Determinism: who does what when is the same for any number of processes. */
import { createHash } from 'node:crypto';
import { createSchedule, type Plan, planHash, usersOf } from '../../plan/index.ts';
import type { Check } from './check.ts';

const PROCESSES = [1, 2, 8];

/** Goes through everything a plan lets users do in time, in one process, in two and in eight. */
export function checkDeterminism(plan: Plan): Check {
  const hashes = PROCESSES.map((processes) => hashOf(plan, processes));
  const [first] = hashes;
  const events = eventsOf(plan, 0, 1).length;
  const ok = hashes.every((hash) => hash === first) && planHash(plan) === planHash(copy(plan));
  return {
    name: 'determinism',
    claim: 'the same arrivals and turns with 1, 2 and 8 processes',
    found: ok
      ? `${events} events, the same to the last bit; plan ${planHash(plan)}`
      : `schedules that differ: ${hashes.join(', ')}`,
    ok,
  };
}

/** Sorted by user and time, so that the order in which processes are asked does not matter. */
function hashOf(plan: Plan, processes: number): string {
  const events = Array.from({ length: processes }, (_, process) => eventsOf(copy(plan), process, processes));
  const sorted = events.flat().toSorted((one, other) => one.user - other.user || one.at - other.at);
  const numbers = Float64Array.from(sorted.flatMap(({ user, at }) => [user, at]));
  return createHash('sha256').update(numbers).digest('hex').slice(0, 12);
}

function eventsOf(plan: Plan, process: number, processes: number): { user: number; at: number }[] {
  const schedule = createSchedule(plan);
  return usersOf({ plan, process, processes }).flatMap((user) => {
    const arrival = schedule.arrival(user);
    const events = [{ user, at: arrival }];
    let at = schedule.firstTurn(user, arrival);
    for (let n = 1; Number.isFinite(at); n += 1) {
      events.push({ user, at });
      at = schedule.nextTurn(user, n, at);
    }
    return events;
  });
}

/** A plan as it arrives in a load process. */
function copy(plan: Plan): Plan {
  return JSON.parse(JSON.stringify(plan)) as Plan;
}
