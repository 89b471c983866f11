/** Answers to upgrades, of any number of users, however many pieces they come in. */
import { readUpgradeAnswer } from './upgrade.ts';

/** Takes what was read. */
export interface UpgradeSink {
  /** The connection is a WebSocket; what was read beyond lies from `start` to `end`, valid during the call. */
  granted(user: number, worker: string, bytes: Buffer, start: number, end: number): void;
  refused(user: number, cause: string): void;
}

/** Reads answers, and remembers only those that are unfinished. */
export class UpgradeReader {
  readonly #sink: UpgradeSink;
  readonly #heads = new Map<number, Buffer>();

  constructor(sink: UpgradeSink) {
    this.#sink = sink;
  }

  /** Reads the first `length` bytes, which follow what was read of this user before. */
  read(user: number, bytes: Buffer, length: number): void {
    const chunk = bytes.subarray(0, length);
    const before = this.#heads.get(user);
    const head = before === undefined ? chunk : Buffer.concat([before, chunk]);
    const answer = readUpgradeAnswer(head);
    if (answer.type === 'unfinished') {
      this.#heads.set(user, Buffer.from(head));
      return;
    }
    this.#heads.delete(user);
    if (answer.type === 'refused') this.#sink.refused(user, answer.cause);
    else this.#sink.granted(user, answer.worker, head, answer.bytesRead, head.length);
  }

  /** Forgets what is unfinished of a user whose connection ended. */
  forget(user: number): void {
    this.#heads.delete(user);
  }
}
