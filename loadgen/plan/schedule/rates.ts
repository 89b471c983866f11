/** How much a plan sends. */
import type { Group, Plan } from '../plan.ts';
import { Topology } from '../topology/index.ts';
import { OperationalTime } from './operational-time.ts';
import { createSchedule, type Schedule } from './schedule.ts';

/** Whoever comes and goes so often is looked at no further: a user that stays for microseconds never ends. */
const MOST_VISITS = 1_000;

/** Sends that are counted one by one, within a fraction of a second. Of more, chance moves the sum by a thousandth. */
const MOST_COUNTED = 1_000_000;

/**
 * Messages and publications that come due in each phase. Nothing at all when answers set the pace of a group, or
 * a function of the scenario's own does: then nobody knows before.
 *
 * They are those that the seed draws: few users take some percent more turns than they would on average, or fewer, and
 * whoever sends exactly those has kept the schedule. Of very many it is the mean over all seeds.
 */
export function plannedIn(plan: Plan): number[] {
  const expected = expectedIn(plan);
  const all = expected.reduce((sum, sends) => sum + sends, 0);
  return all > 0 && all <= MOST_COUNTED ? countSends(plan) : expected;
}

/** The mean of `plannedIn` over all seeds: cheaper where there are many turns and few users. */
export function expectedIn(plan: Plan): number[] {
  if (plan.groups.some(({ behaviour }) => setsItsOwnPace(behaviour))) return [];
  const ofGroups = sendsOfGroups(plan);
  return plan.phases.map((_, phase) => ofGroups.reduce((sum, sends) => sum + (sends[phase] ?? 0), 0));
}

/**
 * Messages and publications of all users together per second, over the measured phases. Of a closed behaviour
 * the most there can be: as many as there were if every answer came at once.
 */
export function messagesPerSecond(plan: Plan): number {
  return measuredRates(plan).reduce((sum, rate) => sum + rate, 0);
}

/**
 * Deliveries to subscribers per second, publishers' own among them, over the measured phases and with every
 * subscriber there.
 */
export function deliveriesPerSecond(plan: Plan): number {
  if (!plan.groups.some(({ behaviour }) => behaviour.kind === 'channels')) return 0;
  const reach = new Topology(plan).reachOfGroups();
  return measuredRates(plan).reduce((sum, rate, group) => sum + rate * (reach[group] ?? 0), 0);
}

function setsItsOwnPace(behaviour: Group['behaviour']): boolean {
  return behaviour.kind === 'custom' || ('model' in behaviour && behaviour.model === 'closed');
}

/** Sends per second of each group over the measured phases. */
function measuredRates(plan: Plan): number[] {
  const isMeasured = plan.phases.map(({ measured }) => measured);
  const seconds = plan.phases.reduce(
    (sum, { start, end, measured }) => sum + (measured ? end - start : 0),
    0,
  );
  return sendsOfGroups(plan).map((sends) => {
    const sum = sends.reduce((whole, count, phase) => whole + (isMeasured[phase] === true ? count : 0), 0);
    return seconds === 0 ? 0 : sum / seconds;
  });
}

/** Sends of each group in each phase: the operational time its users spend there, divided by their mean gap. */
function sendsOfGroups(plan: Plan): number[][] {
  const schedule = createSchedule(plan);
  const time = new OperationalTime(plan.phases);
  const edges = plan.phases.map(({ start, end }) => [time.at(start), time.at(end)] as const);
  const spent = plan.groups.map(() => edges.map(() => 0));
  for (let user = 0; user < plan.users; user += 1) {
    const ofGroup = spent[schedule.groupOf(user)];
    if (ofGroup === undefined || !takesTurns(schedule, user)) continue;
    forEachVisit(schedule, user, (from, until) => {
      const [first, last] = [time.at(from), time.at(until)];
      for (const [phase, [start, end]] of edges.entries()) {
        const overlap = Math.min(last, end) - Math.max(first, start);
        if (overlap > 0) ofGroup[phase] = (ofGroup[phase] ?? 0) + overlap;
      }
    });
  }
  return plan.groups.map(({ behaviour }, group) =>
    (spent[group] ?? []).map((sum) => ('every' in behaviour ? sum / behaviour.every.mean : 0)),
  );
}

/** Every turn of every user, as load processes take them: its number goes on from visit to visit. */
function countSends(plan: Plan): number[] {
  const schedule = createSchedule(plan);
  const counts = plan.phases.map(() => 0);
  for (let user = 0; user < plan.users; user += 1) {
    let turns = 0;
    forEachVisit(schedule, user, (from, until, visit) => {
      let due = schedule.firstTurn(user, from, visit);
      while (due < until) {
        const phase = plan.phases.findIndex(({ end }) => due < end);
        counts[phase] = (counts[phase] ?? 0) + 1;
        turns += 1;
        due = schedule.nextTurn(user, turns, due);
      }
    });
  }
  return counts;
}

function takesTurns(schedule: Schedule, user: number): boolean {
  const kind = schedule.plan.groups[schedule.groupOf(user)]?.behaviour.kind;
  if (kind === 'channels') return schedule.isPublisher(user);
  return kind !== 'idle' && kind !== 'custom';
}

function forEachVisit(
  schedule: Schedule,
  user: number,
  take: (from: number, until: number, visit: number) => void,
): void {
  const end = schedule.plan.phases.at(-1)?.end ?? 0;
  let from = schedule.arrival(user);
  for (let visit = 0; from < end && visit < MOST_VISITS; visit += 1) {
    const until = schedule.stays(user, visit, from);
    take(from, until, visit);
    from = schedule.returns(user, visit, until);
  }
}
