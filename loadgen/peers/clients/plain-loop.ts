/**
 * Drives users as a program without a pacer does: what came due in the last few milliseconds is done in one go, one
 * user after the other. It counts what came, and times nothing.
 */
import { createSchedule, type Schedule, type Share } from '../../plan/index.ts';
import type { CreateSpeaker, Speaker } from './speakers/index.ts';

/** What came in one second, and how many users have been there so far. */
export interface Tally {
  open: number;
  answered: number;
  pushed: number;
}

const TICK_MS = 10;
const MS_PER_SECOND = 1_000;

/** One run of one share. Whoever is there has turns. */
export class PlainLoop {
  readonly #share: Share;
  readonly #schedule: Schedule;
  readonly #speaker: Speaker;
  readonly #report: (tally: Tally) => void;
  readonly #published: Uint32Array;
  /** Users by the order in which they came. */
  readonly #there: number[] = [];
  readonly #hasCome: Uint8Array;
  readonly #came = { answered: 0, pushed: 0 };
  #tellAt = 1;
  #connected = 0;
  #turns = 0;
  #turnsDue = 0;
  #dueAt = 0;

  constructor(share: Share, createSpeaker: CreateSpeaker, report: (tally: Tally) => void) {
    this.#share = share;
    this.#schedule = createSchedule(share.plan);
    this.#report = report;
    this.#published = new Uint32Array(share.plan.users);
    this.#hasCome = new Uint8Array(share.plan.users);
    this.#speaker = createSpeaker(share, {
      opened: (user) => {
        if (this.#hasCome[user] === 0) this.#there.push(user);
        this.#hasCome[user] = 1;
      },
      pong: () => {
        this.#came.answered += 1;
      },
      publication: () => {
        this.#came.pushed += 1;
      },
    });
  }

  /** Begins at a time, milliseconds since the epoch. Its connections end with the process. */
  go(at: number): void {
    setInterval(() => this.#tick((Date.now() - at) / MS_PER_SECOND), TICK_MS);
  }

  #tick(now: number): void {
    if (now >= this.#tellAt) {
      this.#tellAt = Math.floor(now) + 1;
      this.#report({ open: this.#there.length, ...this.#came });
      Object.assign(this.#came, { answered: 0, pushed: 0 });
    }
    const { users } = this.#share.plan;
    for (; this.#connected < users && this.#schedule.arrival(this.#connected) < now; this.#connected += 1) {
      this.#speaker.connect(this.#connected, this.#schedule.subscriptions(this.#connected));
    }
    this.#turnsDue += (now - this.#dueAt) * this.#turnsPerSecond();
    this.#dueAt = now;
    for (; this.#turns < this.#turnsDue; this.#turns += 1) {
      this.#turn(this.#there[this.#turns % this.#there.length] ?? 0, now);
    }
  }

  #turnsPerSecond(): number {
    const behaviour = this.#share.plan.groups[0]?.behaviour;
    return behaviour !== undefined && 'every' in behaviour ? this.#there.length / behaviour.every.mean : 0;
  }

  #turn(user: number, now: number): void {
    if (this.#share.plan.groups[0]?.behaviour.kind !== 'channels') {
      this.#speaker.ping(user);
      return;
    }
    const n = this.#published[user] ?? 0;
    this.#published[user] = n + 1;
    const channel = this.#schedule.publicationChannel(user, n);
    this.#speaker.publish(user, { channel, publisher: user, sequence: n, intended: now });
  }
}
