/**
 * What brokers of different hosts tell each other: that they are there, and what is revoked. A revocation is waited for
 * by all brokers that are known to be there, each of which has its workers take it first.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Barriers } from '../../link/index.ts';
import type { Revocation } from '../../store/index.ts';
import type { Subjects } from '../subjects.ts';
import { Neighbours } from './neighbours.ts';
import { inNotes, type Note, readNote, writeNote } from './note.ts';

/** What control needs of the line. */
export interface ControlLine {
  readonly isUp: boolean;
  publish(subject: string, bytes: Uint8Array): boolean;
  subscribe(subject: string, take: (bytes: Buffer) => void): void;
}

/** What control needs to know, and whom it tells. */
export interface ControlOptions {
  line: ControlLine;
  subjects: Subjects;
  /** Id of this host. */
  host: string;
  /** Id of this broker process, which begins with that of its host. */
  own: string;
  /** Whether this broker is the one that tells newcomers what its host knows. */
  isSpokesman: boolean;
  /** Revocations in force here. */
  revocations(): readonly Revocation[];
  /** Takes revocations; resolves when every worker has taken them. */
  takeRevocations(revocations: readonly Revocation[]): Promise<void>;
  /** Called for what nobody of this cluster could have sent. */
  refused(): void;
  /** Longest time a revocation waits for other hosts, milliseconds. Default: 5,000. */
  takenWithinMs?: number;
}

/** Pause between two hellos, and the silence after which a broker is taken for gone, milliseconds. */
const HELLO_EVERY_MS = 1_000;
const SILENCE_MS = 3_500;

const TAKEN_WITHIN_MS = 5_000;

/** A newcomer has heard everybody when nobody has answered for so long; it waits no longer than the second. */
const QUIET_MS = 250;
const RECALL_WITHIN_MS = 2_000;

export class Control {
  readonly #options: ControlOptions;
  readonly #neighbours = new Neighbours(SILENCE_MS, () => performance.now());
  readonly #barriers = new Barriers<string>();
  readonly #greeter: NodeJS.Timeout;
  #answeredAt = 0;
  #unanswered = 0;

  constructor(options: ControlOptions) {
    this.#options = options;
    const { line, own, subjects } = options;
    line.subscribe(subjects.all, (bytes) => this.#take(bytes));
    line.subscribe(subjects.one(own), (bytes) => this.#take(bytes));
    this.#greeter = setInterval(() => this.#greet(), HELLO_EVERY_MS).unref();
  }

  /** Brokers of other hosts that are there. */
  get neighbours(): number {
    return this.#neighbours.size;
  }

  /** Revocations that some host had not answered for in time. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** The line is up: asks what is revoked elsewhere and tells what is here, as either side may have been away. */
  rise(): void {
    this.#sayToAll({ kind: 'recall' });
    for (const revocations of inNotes(this.#options.revocations())) {
      if (revocations.length > 0) {
        this.#sayToAll({ kind: 'revoke', revocations });
      }
    }
  }

  /** The line is down: nobody is waited for. */
  fall(): void {
    for (const id of this.#neighbours.ids) {
      this.#lose(id);
    }
  }

  /** Resolves when other hosts have had time to tell what is revoked. */
  async caughtUp(): Promise<void> {
    const since = performance.now();
    this.#answeredAt = since;
    while (performance.now() - this.#answeredAt < QUIET_MS && performance.now() - since < RECALL_WITHIN_MS) {
      await delay(QUIET_MS / 5);
    }
  }

  /** Tells other hosts. Resolves when their workers have taken it, or they have not answered for five seconds. */
  async revoke(revocations: readonly Revocation[]): Promise<void> {
    await Promise.all(inNotes(revocations).map((part) => this.#revokePart(part)));
  }

  close(): void {
    clearInterval(this.#greeter);
    this.#sayToAll({ kind: 'bye' });
    this.fall();
  }

  async #revokePart(revocations: readonly Revocation[]): Promise<void> {
    let hasPassed = false;
    const passed = new Promise<void>((resolve) => {
      const call = this.#barriers.open(this.#neighbours.ids, () => {
        hasPassed = true;
        resolve();
      });
      this.#sayToAll({ kind: 'revoke', revocations, call });
    });
    const late = new AbortController();
    const { takenWithinMs = TAKEN_WITHIN_MS } = this.#options;
    await Promise.race([passed, delay(takenWithinMs, undefined, { signal: late.signal }).catch(ignore)]);
    late.abort();
    if (!hasPassed) {
      this.#unanswered += 1;
    }
  }

  #take(bytes: Buffer): void {
    let note: Note;
    try {
      note = readNote(bytes);
    } catch {
      this.#options.refused();
      return;
    }
    if (!note.from.startsWith(this.#options.host)) {
      this.#follow(note);
    }
  }

  #follow(note: Note): void {
    const { from } = note;
    if (note.kind === 'bye') {
      this.#lose(from);
      return;
    }
    const isNew = this.#neighbours.hear(from);
    switch (note.kind) {
      case 'hello':
        if (isNew) {
          this.#say(from, { kind: 'hello' }); // or it would not know this broker for a second
        }
        return;
      case 'recall':
        this.#recall(from);
        return;
      case 'recalled':
        this.#answeredAt = performance.now();
        if (note.revocations.length > 0) {
          void this.#options.takeRevocations(note.revocations);
        }
        return;
      case 'taken':
        this.#barriers.answer(note.call, from);
        return;
      default:
        void this.#obey(note);
    }
  }

  async #obey({ from, revocations, call }: Extract<Note, { kind: 'revoke' }>): Promise<void> {
    await this.#options.takeRevocations(revocations);
    if (call !== undefined) {
      this.#say(from, { kind: 'taken', call });
    }
  }

  #recall(to: string): void {
    const known = this.#options.isSpokesman ? this.#options.revocations() : [];
    for (const revocations of inNotes(known)) {
      this.#say(to, { kind: 'recalled', revocations });
    }
  }

  #greet(): void {
    for (const id of this.#neighbours.sweep()) {
      this.#barriers.drop(id);
    }
    this.#sayToAll({ kind: 'hello' });
  }

  #lose(id: string): void {
    this.#neighbours.forget(id);
    this.#barriers.drop(id);
  }

  #sayToAll(note: Omitted<Note>): void {
    const { line, own, subjects } = this.#options;
    line.publish(subjects.all, writeNote({ ...note, from: own }));
  }

  #say(to: string, note: Omitted<Note>): void {
    const { line, own, subjects } = this.#options;
    line.publish(subjects.one(to), writeNote({ ...note, from: own }));
  }
}

/** Each kind of note without its sender. */
type Omitted<Kind> = Kind extends Note ? Omit<Kind, 'from'> : never;

/** The timer was not needed. */
function ignore(): void {}
