/** Groups, and the channels of those that have some. Drawn by the seed, the same in every load process. */
import type { Plan } from '../plan.ts';
import { GroupChannels } from './channels.ts';
import { Members } from './members.ts';

/** Who belongs where in one plan. */
export class Topology {
  /** Channels of all groups together. Those of a group's own follow those of the groups before it. */
  readonly channels: number;
  readonly #users: number;
  readonly #members: Members;
  readonly #groups: (GroupChannels | null)[];

  constructor(plan: Pick<Plan, 'seed' | 'users' | 'groups'>) {
    const firsts = new Map<string, number>();
    let next = 0;
    this.#users = plan.users;
    this.#members = new Members(plan);
    this.#groups = plan.groups.map(({ name, users, behaviour }) => {
      if (behaviour.kind !== 'channels') return null;
      const shared = firsts.get(behaviour.channelsOf);
      const first = shared ?? next;
      firsts.set(name, first);
      if (shared === undefined) next += behaviour.channels;
      return new GroupChannels({ seed: plan.seed, first, users, behaviour });
    });
    this.channels = next;
  }

  /** Index of a user's group. */
  groupOf(user: number): number {
    return this.#members.groupOf(user);
  }

  /** The numbers of the channels a user subscribes to, all different. */
  subscriptionsOf(user: number): number[] {
    return this.#channelsOf(user)?.subscriptionsOf(user, this.#members.placeOf(user)) ?? [];
  }

  /** Tells whether a user publishes. */
  isPublisher(user: number): boolean {
    return this.#channelsOf(user)?.isPublisher(this.#members.placeOf(user)) ?? false;
  }

  /** The channel of a user's n-th publication, from 0. */
  publicationChannel(user: number, n: number): number {
    const channels = this.#channelsOf(user);
    if (channels === null)
      throw new TypeError(`Cannot choose a channel for user ${user}: its group has none`);
    return channels.publicationChannel(user, this.#members.placeOf(user), n);
  }

  /** Deliveries of one publication, publishers' own among them: the mean over all publishers of each group. */
  reachOfGroups(): number[] {
    const subscribers = this.#countSubscribers();
    const anywhere = this.#groups.map((group) => group?.reachOfAny(subscribers) ?? 0);
    const reached = this.#groups.map(() => 0);
    for (let user = 0; user < this.#users; user += 1) {
      if (!this.isPublisher(user)) continue;
      const group = this.groupOf(user);
      reached[group] = (reached[group] ?? 0) + this.#reachOf(user, subscribers, anywhere[group] ?? 0);
    }
    return reached.map((sum, group) => sum / Math.max(1, this.#groups[group]?.publishers ?? 0));
  }

  #countSubscribers(): Uint32Array {
    const subscribers = new Uint32Array(this.channels);
    for (let user = 0; user < this.#users; user += 1) {
      for (const channel of this.subscriptionsOf(user))
        subscribers[channel] = (subscribers[channel] ?? 0) + 1;
    }
    return subscribers;
  }

  #reachOf(user: number, subscribers: Readonly<Uint32Array>, anywhere: number): number {
    if (!this.#channelsOf(user)?.isOwn(this.#members.placeOf(user))) return anywhere;
    const own = this.subscriptionsOf(user);
    return own.reduce((sum, channel) => sum + (subscribers[channel] ?? 0), 0) / own.length;
  }

  #channelsOf(user: number): GroupChannels | null {
    return this.#groups[this.groupOf(user)] ?? null;
  }
}
