/**
 * A line over the bus between a coordinator and an agent, for one run: what is said arrives once and in order, and each
 * side notices when the other one is gone. Both say something twice a second, if only what they have heard so far.
 */
import { asError } from '../../server/errors/index.ts';
import type { Bus } from './connection.ts';
import { Incoming, Outgoing, type Piece } from './sequence.ts';
import { CHECK_EVERY_MS, type Patience, Silence } from './silence.ts';

/** Checks between two signs of life: one each half second. */
const CHECKS_A_BEAT = 2;

/** What is on the bus: all pieces below `heard` have come, and perhaps a further one for the other side. */
interface Word {
  heard: number;
  piece?: Piece;
}

/** What a line is made of. */
export interface LineOptions {
  bus: Pick<Bus, 'flush' | 'isConnected' | 'onChange' | 'publish' | 'subscribe'>;
  /** Subjects. */
  says: string;
  hears: string;
  patience: Patience;
  /** Takes each message, once. Whatever it throws ends the line. */
  message(message: unknown): void;
  /** The other side was given up, and why; the line says nothing more. Called once at most. */
  lost(why: string): void;
}

export class Line {
  readonly #options: LineOptions;
  readonly #outgoing = new Outgoing();
  readonly #incoming = new Incoming();
  readonly #silence: Silence;
  readonly #timer: NodeJS.Timeout;
  readonly #endings: (() => void)[];
  #checks = 0;
  #isClosed = false;
  #settled = (): void => {};

  /** Hears from now on; `bus.flush` before the other side speaks. */
  constructor(options: LineOptions) {
    this.#options = options;
    const { bus, hears, patience } = options;
    this.#silence = new Silence(patience, performance.now());
    this.#endings = [
      bus.subscribe(hears, (word) => this.#hear(word)),
      bus.onChange((isConnected) => this.#change(isConnected)),
    ];
    if (!bus.isConnected) this.#silence.changed(false, performance.now());
    this.#timer = setInterval(() => this.#check(), CHECK_EVERY_MS);
  }

  /** Says something; nothing once the line is closed. */
  send(message: object): void {
    if (this.#isClosed) return;
    this.#say(this.#outgoing.take(JSON.stringify(message), performance.now()));
  }

  /** Resolves when all that was said has come, or the time is up. */
  async settle(withinMs: number): Promise<void> {
    if (this.#outgoing.isDone || this.#isClosed) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#settled = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  close(): void {
    if (this.#isClosed) return;
    // The other side must not say its last words again to nobody.
    this.#beat();
    this.#isClosed = true;
    clearInterval(this.#timer);
    for (const end of this.#endings) end();
    this.#settled();
  }

  #hear(word: unknown): void {
    if (!isWord(word)) return;
    const now = performance.now();
    this.#silence.heard(now);
    this.#outgoing.forget(word.heard, now);
    if (this.#outgoing.isDone) this.#settled();
    if (word.piece === undefined) return;
    const before = this.#incoming.wanted;
    const whole = this.#incoming.take(word.piece);
    // Whoever says something again has missed that it came.
    if (this.#incoming.wanted === before) this.#beat();
    if (whole !== undefined) this.#pass(whole);
  }

  /** What cannot be used is the end of this line, not of the connection to NATS and of all that goes over it. */
  #pass(whole: string): void {
    try {
      this.#options.message(JSON.parse(whole));
    } catch (error) {
      this.#giveUp(`what came over its line cannot be used (${asError(error).message})`);
    }
  }

  #change(isConnected: boolean): void {
    const now = performance.now();
    this.#silence.changed(isConnected, now);
    if (isConnected) this.#say(this.#outgoing.again(now));
  }

  #check(): void {
    const now = performance.now();
    const why = this.#silence.check(now);
    if (why !== undefined) {
      this.#giveUp(why);
      return;
    }
    this.#say(this.#outgoing.overdue(now));
    this.#checks += 1;
    if (this.#checks % CHECKS_A_BEAT === 0) this.#beat();
  }

  #giveUp(why: string): void {
    if (this.#isClosed) return;
    this.close();
    this.#options.lost(why);
  }

  #say(pieces: readonly Piece[]): void {
    const { bus, says } = this.#options;
    for (const piece of pieces) bus.publish(says, { heard: this.#incoming.wanted, piece } satisfies Word);
  }

  #beat(): void {
    const { bus, says } = this.#options;
    // What is said to a line that is down is kept by the client and comes all at once later.
    if (bus.isConnected) bus.publish(says, { heard: this.#incoming.wanted } satisfies Word);
  }
}

function isWord(word: unknown): word is Word {
  if (typeof word !== 'object' || word === null || !('heard' in word)) return false;
  if (!Number.isInteger(word.heard)) return false;
  return !('piece' in word) || word.piece === undefined || isPiece(word.piece);
}

function isPiece(piece: unknown): piece is Piece {
  if (typeof piece !== 'object' || piece === null) return false;
  const { n, text, more } = piece as Partial<Piece>;
  return Number.isInteger(n) && typeof text === 'string' && typeof more === 'boolean';
}
