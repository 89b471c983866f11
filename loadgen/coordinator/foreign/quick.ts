/** A scenario for any WebSocket server at all. */
import type { Behaviour, DriverName, Scenario } from '../../plan/index.ts';
import { attempt } from './attempt.ts';
import { authorize } from './authorization.ts';
import { findTarget } from './find.ts';

/** What is asked for; everything has a default. */
export interface QuickWishes {
  users?: number | undefined;
  /** Seconds. */
  duration?: number | undefined;
  /** What users say where plain messages are spoken. */
  message?: string | undefined;
  /** Absent: SocketCluster where the target speaks it, otherwise plain messages. */
  driver?: DriverName | undefined;
  headers?: Record<string, string> | undefined;
  /** Whether any certificate is taken. */
  insecure?: boolean | undefined;
}

/** What makes a server pass that nobody knows anything of: it takes everybody, keeps them, and misses nothing. */
const RULES = [
  'users.failed == 0',
  'users.dropped == 0',
  'messages.timedOut == 0',
  'messages.lost == 0',
  'messages.errors == 0',
  'messages.pushLost == 0',
];

/** Time for a server to show that it speaks SocketCluster, milliseconds. */
const SPEAK_WITHIN_MS = 2_000;
const MESSAGE = '{"id":{{id}},"text":"hello"}';
/** Between two messages of a user, seconds; changed as that of any scenario. */
const EVERY = 1;

/**
 * Makes a scenario for a target: users that publish in channels of their own where SocketCluster is spoken, because
 * every such server can do that; otherwise users that send a message and take what comes back for the answer.
 *
 * @throws ClusterError OPTION_INVALID for a URL that is none, TARGET_UNREACHABLE for a host nobody knows.
 */
export async function quickScenario(url: string, wishes: QuickWishes): Promise<Scenario> {
  const { users = 10, duration = 10, headers = {} } = wishes;
  const driver = wishes.driver ?? (await driverFor(url, wishes));
  return {
    name: 'quick',
    question: `How does ${url} answer ${users} users?`,
    users,
    ramp: Math.max(1, users / 2),
    settle: 1,
    duration,
    behaviour: behaviourOf(driver, { users, message: wishes.message ?? MESSAGE }),
    connect: { headers },
    driver,
    target: { workers: 1, brokers: 1, controller: 'none' },
    rules: RULES,
  };
}

async function driverFor(
  url: string,
  { message, headers = {}, insecure = false }: QuickWishes,
): Promise<DriverName> {
  if (message !== undefined) return 'websocket';
  const target = await findTarget(url, 'socketcluster');
  const attempted = await attempt({
    target,
    driver: 'socketcluster',
    connect: { headers: authorize(headers, target.authorization) },
    insecure,
    behaviour: { kind: 'idle' },
    withinMs: SPEAK_WITHIN_MS,
  });
  return attempted === 'open' ? 'socketcluster' : 'websocket';
}

function behaviourOf(driver: DriverName, { users, message }: { users: number; message: string }): Behaviour {
  if (driver === 'websocket') return { kind: 'messages', message, every: EVERY };
  return { kind: 'channels', channels: users, subscriptions: 1, publishers: 1, every: EVERY };
}
