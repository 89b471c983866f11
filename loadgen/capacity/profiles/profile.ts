/** What users do, whatever their number: the workload that a capacity is asked for. Plain data. */
import type { Behaviour, ConnectSpec, Gap, GroupSpec, Habits } from '../../plan/index.ts';

/** What users of a function of one's own do: nobody else knows. Per user and second, all groups together. */
export interface GivenRates {
  /** Messages, publications among them. */
  readonly load: number;
  /** Default 0. */
  readonly publications?: number;
  /** Answers and publications that a user gets. Default: an answer for each message that is no publication. */
  readonly deliveries?: number;
  /** Mean subscribers of a publication. Default 0. */
  readonly fanOut?: number;
  /** Size of the data of a message and of a delivery, bytes. Default 64. */
  readonly payloadBytes?: number;
}

/** Users of one kind, or of several. Habits are those of a scenario, and stand beside `behaviour` alone. */
export interface Profile extends Readonly<Habits> {
  readonly name: string;
  /** Whom it stands for, one line. */
  readonly question: string;
  /** Users that the numbers of channels are for: with twice as many users there are twice as many channels. */
  readonly users: number;
  /** What all users do. Instead of `groups`. */
  readonly behaviour?: Behaviour;
  /** Users of several kinds, instead of `behaviour`. */
  readonly groups?: readonly GroupSpec[];
  readonly connect?: ConnectSpec;
  /** The application: a path, absolute or relative to `folder`. */
  readonly controller: string;
  /** Where the profile's own files are. */
  readonly folder: string;
  /** Further options of the server, as `pingInterval`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Of users with a function of their own; there, and only there. */
  readonly rates?: GivenRates;
}

/** Users of one kind, with their share of all. */
export interface Part {
  readonly group: GroupSpec;
  readonly share: number;
}

/** Gives the kinds of users of a profile; a bare behaviour is one, named after its kind. */
export function partsOf(profile: Profile): Part[] {
  const { behaviour, groups } = profile;
  if (groups === undefined) {
    if (behaviour === undefined) return [];
    return [{ group: { name: behaviour.kind, weight: 1, behaviour, ...habitsOf(profile) }, share: 1 }];
  }
  const whole = groups.reduce((sum, { weight }) => sum + weight, 0);
  return groups.map((group) => ({ group, share: group.weight / whole }));
}

/** Gives the habits alone, as far as there are any. */
export function habitsOf({ stays, returns, reconnects, stalls }: Readonly<Habits>): Habits {
  return given({ stays, returns, reconnects, stalls });
}

/** Gives the mean of a random length of time, seconds. */
export function meanOf(gap: number | Gap): number {
  return typeof gap === 'number' ? gap : gap.mean;
}

/** Leaves out the fields that are not there. */
export function given<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };
}
