/** What the users of one group do at their turns. One object serves all of them. */
export interface Routine {
  /** True when a user's next turn is due one gap after its last one is over, and not whenever it is due. */
  readonly isClosed: boolean;
  /** The handshake of a user is over. Asks for what it needs, and says how many confirmations will come. */
  prepare(user: number): number;
  /** All confirmations have come. */
  begin(user: number, at: number): void;
  /** Takes the user's n-th turn, from 0. The user is ready. */
  take(user: number, turn: number, intended: number, now: number): void;
  /** So many turns of the user were taken: what they gathered leaves now. */
  flush(user: number, count: number): void;
  /** The connection of a user that was connected is over. It broke when nobody asked for that. */
  end(user: number, at: number, isBroken: boolean): void;
}

const nothing = (): void => {};

/** A routine of users that only connect and stay. */
export const idle: Routine = {
  isClosed: false,
  prepare: () => 0,
  begin: nothing,
  take: nothing,
  flush: nothing,
  end: nothing,
};
