/**
 * Drives users as a program without a pacer does: what came due in the last few milliseconds is done in one go, one
 * user after the other. It counts what came, and times nothing.
 */
import { channelName, createSchedule, type Schedule, type Share } from '../../plan/index.ts';
import type { CreateSpeaker, Speaker } from './speaker.ts';

/** What came in one second, and how many users have been there so far. */
export interface Tally {
  open: number;
  answered: number;
  pushed: number;
}

const TICK_MS = 10;
const MS_PER_SECOND = 1_000;
/** Drawn once, so that a publication weighs what ours do. */
const FILLER = 'x'.repeat(64);

/** One run of one share. Its turns begin when all users are there. */
export class PlainLoop {
  readonly #share: Share;
  readonly #schedule: Schedule;
  readonly #speaker: Speaker;
  readonly #report: (tally: Tally) => void;
  readonly #published: Uint32Array;
  readonly #there = new Set<number>();
  readonly #came = { answered: 0, pushed: 0 };
  #tellAt = 1;
  #connected = 0;
  #turns = 0;
  #turnsFrom: number | undefined;

  constructor(share: Share, createSpeaker: CreateSpeaker, report: (tally: Tally) => void) {
    this.#share = share;
    this.#schedule = createSchedule(share.plan);
    this.#report = report;
    this.#published = new Uint32Array(share.plan.users);
    this.#speaker = createSpeaker(share.target, {
      opened: (user) => {
        this.#there.add(user);
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
      this.#report({ open: this.#there.size, ...this.#came });
      Object.assign(this.#came, { answered: 0, pushed: 0 });
    }
    const { users, arrivals } = this.#share.plan;
    const perSecond = arrivals.stages[0]?.rate.from ?? 0;
    for (const due = Math.min(users, now * perSecond); this.#connected < due; this.#connected += 1) {
      this.#speaker.connect(this.#connected, this.#schedule.subscriptions(this.#connected).map(channelName));
    }
    if (this.#there.size === users) this.#turnsFrom ??= now;
    const due = (now - (this.#turnsFrom ?? now)) * this.#turnsPerSecond();
    for (; this.#turns < due; this.#turns += 1) {
      this.#turn(this.#turns % users, now);
    }
  }

  #turnsPerSecond(): number {
    const { users, groups } = this.#share.plan;
    const behaviour = groups[0]?.behaviour;
    return behaviour !== undefined && 'every' in behaviour ? users / behaviour.every.mean : 0;
  }

  #turn(user: number, now: number): void {
    if (this.#share.plan.groups[0]?.behaviour.kind === 'ping-pong') {
      this.#speaker.ping(user);
      return;
    }
    const n = this.#published[user] ?? 0;
    this.#published[user] = n + 1;
    const channel = channelName(this.#schedule.publicationChannel(user, n));
    this.#speaker.publish(user, channel, { p: user, n, t: Math.round(now * MS_PER_SECOND), f: FILLER });
  }
}
