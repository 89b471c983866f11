/**
 * Several due times for each user on one pacer: a lane for each kind of thing that comes due. A lane takes
 * memory only when the plan needs it.
 */
import { Pacer } from './pacer.ts';

/**
 * What can come due for a user: its arrival and its turns; its leaving and coming back; a further attempt to
 * connect; the beginning and the end of a stall.
 */
export type Lane = 'turn' | 'visit' | 'reconnect' | 'stall';

/** Takes what is due. */
export type Fire = (user: number, due: number) => void;

/** The due times of all users of a load process. */
export class Timers {
  readonly #users: number;
  readonly #lanes: readonly Lane[];
  readonly #places: Partial<Record<Lane, number>>;
  readonly #pacer: Pacer;
  readonly #until: number;
  readonly #scheduled: (due: number) => void;

  /**
   * Nothing fires that is due at `until`, seconds, or later; stalls end whenever they do. `scheduled` is told of
   * everything that will fire: whoever sleeps may have to wake sooner.
   */
  constructor(
    users: number,
    lanes: readonly Lane[],
    until: number,
    scheduled: (due: number) => void = () => {},
  ) {
    this.#scheduled = scheduled;
    this.#users = users;
    this.#lanes = lanes;
    this.#places = Object.fromEntries(lanes.map((lane, place) => [lane, place * users]));
    this.#pacer = new Pacer(users * lanes.length);
    this.#until = until;
  }

  /** Makes something due for a user. Each thing is scheduled once at a time; without its lane it never is. */
  schedule(lane: Lane, user: number, due: number): void {
    const place = this.#places[lane];
    if (place === undefined || (due >= this.#until && lane !== 'stall')) return;
    this.#pacer.schedule(place + user, due);
    this.#scheduled(due);
  }

  /** Takes something back. */
  cancel(lane: Lane, user: number): void {
    const place = this.#places[lane];
    if (place !== undefined) this.#pacer.cancel(place + user);
  }

  /** Fires everything due up to `now`, in order of time. */
  runDue(now: number, fire: Record<Lane, Fire>): void {
    this.#pacer.runDue(now, (item, due) => {
      if (item < this.#users) fire.turn(item, due);
      else fire[this.#lanes[Math.floor(item / this.#users)] ?? 'turn'](item % this.#users, due);
    });
  }

  /** Time of the next thing due before `until`; `until` when there is none. */
  nextDue(until: number): number {
    return this.#pacer.nextDue(until);
  }
}
