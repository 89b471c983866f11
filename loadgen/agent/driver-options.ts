/** What a driver is told of a share. */
import type { Clock, DriverEvents, DriverOptions, Trace } from '../drivers/index.ts';
import type { Share } from '../plan/index.ts';
import { createFrameRedaction } from '../plan/secrets/index.ts';
import type { AgentReport } from './messages.ts';
import type { Users } from './users.ts';

/** What there is to tell. */
export interface ToldToDriver {
  share: Share;
  /** The address behind the target's host. */
  address: string;
  clock: Clock;
  events: DriverEvents;
  users: Users;
  /** Takes the frames of the traced user. */
  report: (report: AgentReport) => void;
}

/** Most frames that are told of: a trace is for reading, and telling takes longer than sending. */
const MOST_FRAMES = 200;

/** Gathers the options of a driver. */
export function driverOptionsOf({
  share,
  address,
  clock,
  events,
  users,
  report,
}: ToldToDriver): DriverOptions {
  const { plan, target, connect, protocolVersion, traceUser } = share;
  return {
    users: users.count,
    behaviours: plan.groups.map(({ behaviour }) => behaviour),
    groups: users.groups,
    numbers: users.numbers,
    target,
    address,
    connect,
    protocolVersion,
    clock,
    events,
    trace: traceUser === undefined ? undefined : traceOf(share, traceUser, { users, report }),
  };
}

/** Secrets do not even leave this process. */
function traceOf(
  { connect }: Share,
  number: number,
  { users, report }: Pick<ToldToDriver, 'users' | 'report'>,
): Trace | undefined {
  const user = Array.from(users.numbers).indexOf(number);
  if (user < 0) return undefined;
  const redact = createFrameRedaction(connect);
  let told = 0;
  return {
    user,
    frame(direction, text, at) {
      if (told === MOST_FRAMES) return;
      told += 1;
      const isLast = told === MOST_FRAMES;
      report({ type: 'trace', at, direction, text: redact(direction, text), isLast });
    },
  };
}
