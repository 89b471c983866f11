/** Test only: what whole runs come to, on a machine that does something else meanwhile or without any machine. */
import { createSchedule, type Plan } from '../plan/index.ts';
import type { Resolved } from '../plan/resolve/index.ts';
import { type Summary, summarize, type Window } from '../results/index.ts';
import { makeHeader } from './header.ts';
import type { Target } from './target.ts';

/** Who wants a processor and does not get one is late. */
const SPOILT = /^The generator itself (sent|read|connected) late/;

/** The host worked for somebody else meanwhile; its network too, whose segments are those of all. */
const BUSY =
  /^((The host lost|Others took) \d+ % of|The host had to send \d+\.\d % of all TCP segments again$)/;

/** Whether a run is invalid, and that the machine was busy is the first reason. Nothing of the target's comes before it. */
export function isSpoiltByMachine({ verdict }: Pick<Summary, 'verdict'>): boolean {
  return verdict.validity === 'invalid' && SPOILT.test(verdict.reasons[0] ?? '');
}

/** What a verdict has against the target: nothing of how late this machine let the generator be, or whom else it served. */
export function reasonsOfTarget({ verdict }: Pick<Summary, 'verdict'>): string[] {
  return verdict.reasons.filter((reason) => !SPOILT.test(reason) && !BUSY.test(reason));
}

const NOTHING_WRONG = { timedOut: 0, lost: 0, duplicated: 0, reordered: 0, pushed: 0 };
const NO_LOAD = { pid: 1, cpuMicros: 0, rssBytes: 0, loopUtilisation: 0, gcMs: 0 };

/** What a run comes to whose every turn leaves on time and is answered, by workers that share the users evenly. */
export function faultlessSummary(resolved: Resolved): Summary {
  const { plan, target } = resolved;
  const sends = sendsBySecond(plan);
  const started = { started: plan.users, open: plan.users, failed: {}, dropped: {} };
  const windows = sends.map((count, second): Window => {
    const workers = Array.from({ length: target.workers }, (_, worker) => {
      const open = Math.floor((plan.users + worker) / target.workers);
      const sent = worker === 0 ? count : 0;
      return { worker: String(worker), open, sent, answered: sent, ...NOTHING_WRONG };
    });
    return { type: 'window', process: 0, second, users: started, unsent: 0, workers, load: NO_LOAD };
  });
  const generator = { processes: 1, sourceAddresses: [] };
  const header = makeHeader({ resolved, target: NOWHERE, generator, command: 'none', startAt: 0 });
  return summarize([header, ...windows]);
}

const NOWHERE: Target = {
  host: '127.0.0.1',
  port: 1,
  path: '/',
  url: 'ws://127.0.0.1:1/',
  ended: new Promise(() => undefined),
  stop: () => Promise.resolve(),
};

/** Turns of all users, visit by visit. */
function sendsBySecond(plan: Plan): number[] {
  const schedule = createSchedule(plan);
  const end = plan.phases.at(-1)?.end ?? 0;
  const counts = Array.from({ length: end }, () => 0);
  for (let user = 0; user < plan.users; user += 1) {
    let turns = 0;
    let from = schedule.arrival(user);
    for (let visit = 0; from < end; visit += 1) {
      const until = Math.min(end, schedule.stays(user, visit, from));
      let due = schedule.firstTurn(user, from, visit);
      while (due < until) {
        counts[Math.floor(due)] = (counts[Math.floor(due)] ?? 0) + 1;
        turns += 1;
        due = schedule.nextTurn(user, turns, due);
      }
      from = schedule.returns(user, visit, until);
    }
  }
  return counts;
}
