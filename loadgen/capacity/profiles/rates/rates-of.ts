/** What one user of a profile does each second, on average over all users; and how many users make a load. */
import { schema } from '../../../../server/options/index.ts';
import type { UserRates } from '../../fleet/index.ts';
import { heartbeatBytes, messageBytes } from '../../wire/index.ts';
import { type GivenRates, meanOf, type Part, type Profile, partsOf } from '../profile.ts';
import { wholeUsers } from '../sized-groups.ts';
import { fanOutsOf } from './fan-out.ts';
import { connectsPerSecond, shareThere } from './presence.ts';

/** What the users of one group say and hear, each second, divided by all users. */
export interface Stream {
  /** Messages that are answered, and publications. */
  readonly calls: number;
  readonly publications: number;
  /** Deliveries of the publications. */
  readonly pushes: number;
}

const MILLISECONDS = 1_000;

/**
 * Gives what one user does. Of users who come and go each counts, also while it is away. `load` is 0 where nobody sends
 * anything.
 */
export function ratesOf(profile: Profile): UserRates {
  const parts = partsOf(profile);
  const streams = streamsOf(profile);
  const over = (read: (part: Part) => number): number =>
    parts.reduce((sum, part) => sum + part.share * read(part), 0);
  const total = (read: (stream: Stream) => number): number =>
    streams.reduce((sum, stream) => sum + read(stream), 0);
  const [calls, publications, pushes] = [
    total((stream) => stream.calls),
    total((stream) => stream.publications),
    total((stream) => stream.pushes),
  ];
  return {
    load: calls + publications,
    inbound: calls + publications,
    publications,
    deliveries: calls + pushes,
    pings: over(({ group }) => shareThere(group)) * (MILLISECONDS / pingIntervalMsOf(profile)),
    connects: over(({ group }) => connectsPerSecond(group)),
    fanOut: publications === 0 ? 0 : pushes / publications,
    bytes: bytesOf(profile, streams),
  };
}

/**
 * Whether its users are hardly more than there: heartbeats are most of what they say and hear. A search for a load of
 * messages would tell next to nothing of what stops them.
 */
export function isMostlyIdle(profile: Profile): boolean {
  const { deliveries, inbound, pings } = ratesOf(profile);
  return pings >= inbound + deliveries;
}

/** Gives the messages a second that so many users send. */
export function loadOf(profile: Profile, users: number): number {
  return users * ratesOf(profile).load;
}

/**
 * Gives the users that send a load, messages a second: whole ones, and one of each group at least.
 * @throws RangeError for a profile whose users send nothing.
 */
export function usersOf(profile: Profile, load: number): number {
  const { load: each } = ratesOf(profile);
  if (each === 0) {
    throw new RangeError(`Cannot tell the users of a load as those of "${profile.name}" send nothing`);
  }
  return wholeUsers(profile, load / each);
}

/** Gives the messages of each group; of users with a function of their own, all that is known stands with the first. */
export function streamsOf(profile: Profile): Stream[] {
  const parts = partsOf(profile);
  const { rates } = profile;
  if (rates !== undefined) return parts.map((_, n) => (n === 0 ? streamOfGiven(rates) : NO_STREAM));
  const fanOuts = fanOutsOf(profile);
  return parts.map((part, n) => streamOf(part, fanOuts[n] ?? 0));
}

/** Gives the pause between the server's heartbeats, milliseconds. */
export function pingIntervalMsOf({ options }: Pick<Profile, 'options'>): number {
  const { pingInterval } = schema.shape;
  return pingInterval.safeParse(options['pingInterval']).data ?? pingInterval.parse(undefined);
}

const NO_STREAM: Stream = { calls: 0, publications: 0, pushes: 0 };

function streamOf({ group, share }: Part, fanOut: number): Stream {
  const { behaviour } = group;
  if (!('every' in behaviour)) return NO_STREAM;
  const turns = (share * shareThere(group)) / meanOf(behaviour.every);
  if (behaviour.kind !== 'channels') return { ...NO_STREAM, calls: turns };
  const publications = turns * behaviour.publishers;
  return { calls: 0, publications, pushes: publications * fanOut };
}

function streamOfGiven({ deliveries, fanOut = 0, load, publications = 0 }: GivenRates): Stream {
  const calls = load - publications;
  const pushes = deliveries === undefined ? publications * fanOut : Math.max(0, deliveries - calls);
  return { calls, publications, pushes };
}

/** Means over all messages of a direction. */
function bytesOf(profile: Profile, streams: readonly Stream[]): UserRates['bytes'] {
  const each = partsOf(profile).map(({ group }) =>
    messageBytes(group.behaviour, profile.rates?.payloadBytes),
  );
  const mean = (count: (stream: Stream) => number, size: (n: number) => number): number => {
    const sum = streams.reduce((whole, stream) => whole + count(stream), 0);
    return sum === 0 ? 0 : streams.reduce((whole, stream, n) => whole + count(stream) * size(n), 0) / sum;
  };
  return {
    inbound: mean(
      ({ calls, publications }) => calls + publications,
      (n) => each[n]?.inbound ?? 0,
    ),
    delivery: mean(
      ({ calls, pushes }) => calls + pushes,
      (n) => each[n]?.delivery ?? 0,
    ),
    ping: heartbeatBytes,
  };
}
