/** Told of the life of sessions. */
export interface SessionEvents {
  /** A session was not known before. */
  known(session: string): void;
  /** A session without holder has reached its time. It is not known any more. */
  ended(session: string): void;
}

/**
 * Which sessions there are and who holds them: the links of the workers that have sockets of them. A session
 * that nobody holds ends after a time. Pure: holders can be anything with an identity, the time is injected.
 */
export class SessionTable<Holder> {
  readonly #timeoutMs: number;
  readonly #now: () => number;
  readonly #events: SessionEvents;
  readonly #holders = new Map<string, Set<Holder>>();
  readonly #held = new Map<Holder, Set<string>>();
  /** When sessions without holder end. All wait equally long, so the order of insertion is that of the ends. */
  readonly #dues = new Map<string, number>();

  constructor(timeoutMs: number, now: () => number, events: SessionEvents) {
    this.#timeoutMs = timeoutMs;
    this.#now = now;
    this.#events = events;
  }

  /** Sessions known at present. */
  get size(): number {
    return this.#holders.size;
  }

  /** Adds a holder; a second time changes nothing. */
  hold(session: string, holder: Holder): void {
    this.#know(session);
    this.join(session, holder);
  }

  /** Adds a holder if the session is known. */
  join(session: string, holder: Holder): void {
    const holders = this.#holders.get(session);
    if (holders === undefined) {
      return;
    }
    holders.add(holder);
    this.#dues.delete(session);
    const held = this.#held.get(holder) ?? new Set<string>();
    this.#held.set(holder, held.add(session));
  }

  /** Removes a holder. With the last one the session's time begins. */
  release(session: string, holder: Holder): void {
    if (this.#holders.get(session)?.delete(holder) === true) {
      this.#held.get(holder)?.delete(session);
      this.#beginTime(session);
    }
  }

  /** Notes that a session is used without a holder: its time begins anew. */
  visit(session: string): void {
    this.#know(session);
    this.#beginTime(session);
  }

  /** Removes a holder from all its sessions. */
  drop(holder: Holder): void {
    const held = this.#held.get(holder) ?? [];
    this.#held.delete(holder);
    for (const session of held) {
      this.#holders.get(session)?.delete(holder);
      this.#beginTime(session);
    }
  }

  /** Ends the sessions whose time is up. */
  sweep(): void {
    const now = this.#now();
    for (const [session, due] of this.#dues) {
      if (due > now) {
        return;
      }
      this.#dues.delete(session);
      this.#holders.delete(session);
      this.#events.ended(session);
    }
  }

  #know(session: string): void {
    if (!this.#holders.has(session)) {
      this.#holders.set(session, new Set());
      this.#events.known(session);
    }
  }

  #beginTime(session: string): void {
    if (this.#holders.get(session)?.size === 0) {
      this.#dues.delete(session);
      this.#dues.set(session, this.#now() + this.#timeoutMs);
    }
  }
}
