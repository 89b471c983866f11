/** Which user belongs to which group. */
import type { Plan } from '../plan.ts';
import { Spread, strides } from './spread.ts';

/** Users dealt out to the groups of a plan: exactly as many as each has, evenly mixed. */
export class Members {
  readonly #isMixed: boolean;
  /** Group of each user, and its place within the group. Both empty when there is but one group. */
  readonly #groups: Uint8Array;
  readonly #places: Uint32Array;

  constructor({ users, groups }: Pick<Plan, 'users'> & { groups: readonly { users: number }[] }) {
    this.#isMixed = groups.length > 1;
    this.#groups = new Uint8Array(this.#isMixed ? users : 0);
    this.#places = new Uint32Array(this.#isMixed ? users : 0);
    if (!this.#isMixed) return;
    let end = 0;
    const ends = groups.map((group) => {
      end += group.users;
      return end;
    });
    const spread = new Spread(users, strides.groups);
    const sizes = new Uint32Array(groups.length);
    for (let user = 0; user < users; user += 1) {
      const position = spread.positionOf(user);
      const group = ends.findIndex((groupEnd) => position < groupEnd);
      const place = sizes[group] ?? 0;
      this.#groups[user] = group;
      this.#places[user] = place;
      sizes[group] = place + 1;
    }
  }

  /** The group of a user. */
  groupOf(user: number): number {
    return this.#isMixed ? (this.#groups[user] ?? 0) : 0;
  }

  /** The place of a user among those of its group, in the order of users. */
  placeOf(user: number): number {
    return this.#isMixed ? (this.#places[user] ?? 0) : user;
  }
}
