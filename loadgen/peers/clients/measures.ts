/** What a user costs the client that has it: memory, connecting, a message and its answer, a publication. */
import type { Behaviour, Plan } from '../../plan/index.ts';
import { resolvePlan } from '../../plan/resolve/index.ts';
import type { Measure } from '../measures/index.ts';
import type { Taken } from './observe.ts';
import { PING } from './speakers/index.ts';
import type { Client } from './subjects.ts';

/** Slow enough that the dearest client keeps up. */
const CONNECTS_PER_SECOND = 500;
/** Users whose cost is taken off that of all, as a share of those that count: so many that code is compiled by then. */
const FEW = 0.5;
/** Turns of all users together. */
const TURNS_PER_SECOND = 7_000;
const SECONDS = 6;
/** The longest gap there is, a week in seconds: hardly a user has a turn while it is looked at. */
const NEVER = 604_800;
/** Length of a plan that is ended when enough is known, seconds. */
const LONG = 3_600;
const BYTES_PER_KB = 1_024;

/** All of them, in the order in which they are taken. */
export const clientMeasures: readonly Measure<Client>[] = [
  measure('memory', { title: 'idle user with a subscription, RSS', unit: 'KB' }, async (client, users) => {
    const { few, all } = await takeTwice(client, users, rooms(users, NEVER));
    return (all.rssBytes - few.rssBytes) / BYTES_PER_KB / users;
  }),
  measure('connect', { title: 'connect, CPU', unit: 'µs' }, async (client, users) => {
    const { few, all } = await takeTwice(client, users, pings(NEVER));
    return (all.connectMicros - few.connectMicros) / users;
  }),
  measure('echo', { title: 'ping and pong at 7,000/s, CPU', unit: 'µs' }, (client, users) =>
    perTurn(client, planOf(users, pings(users / TURNS_PER_SECOND))),
  ),
  measure('publish', { title: 'publication and delivery at 7,000/s, CPU', unit: 'µs' }, (client, users) =>
    perTurn(client, planOf(users, rooms(users, users / TURNS_PER_SECOND))),
  ),
];

function measure(
  name: string,
  { title, unit }: { title: string; unit: string },
  take: (client: Client, users: number) => Promise<number>,
): Measure<Client> {
  return {
    name,
    figures: [{ key: name, title, unit }],
    lifetime: 'round',
    take: async (client, { sockets }) => ({ [name]: await take(client, sockets) }),
  };
}

/** Takes what a process needs with a few users, and what it needs with so many more. */
async function takeTwice(
  client: Client,
  users: number,
  behaviour: Behaviour,
): Promise<{ few: Taken; all: Taken }> {
  const fewUsers = Math.ceil(users * FEW);
  const few = await client.take(planOf(fewUsers, behaviour), 0);
  return { few, all: await client.take(planOf(fewUsers + users, behaviour), 0) };
}

/** Each turn brings one thing back: an answer, or on average one delivery. */
async function perTurn(client: Client, plan: Plan): Promise<number> {
  const { steadyMicros, came } = await client.take(plan, SECONDS);
  return steadyMicros / came;
}

function pings(every: number): Behaviour {
  return { kind: 'ping-pong', payload: PING, every };
}

/** As many channels as users, each of which subscribes to one and publishes to any. */
function rooms(channels: number, every: number): Behaviour {
  return { kind: 'channels', channels, subscriptions: 1, publishers: 1, publishTo: 'any', every };
}

function planOf(users: number, behaviour: Behaviour): Plan {
  const { plan } = resolvePlan({
    name: 'what a user costs',
    question: 'What does a user cost?',
    users,
    ramp: CONNECTS_PER_SECOND,
    duration: LONG,
    behaviour,
    // As the other clients do: on a machine with little time to spare a connection may fail.
    reconnects: { initial: 1, randomness: 0 },
    target: { workers: 1, brokers: 1, controller: 'none' },
    rules: [],
  });
  return plan;
}
