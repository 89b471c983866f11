import { brokerOf } from '../ring.ts';
import type { Revocation, RevocationMemory } from './revocations/index.ts';
import type { SessionChange, Store, TakeNotice } from './store.ts';
import type { Operation, Path } from './tree/index.ts';
import {
  decodeRevocations,
  encodeRequest,
  inParts,
  REVOKED,
  readAnswer,
  readTopic,
  topicOf,
} from './wire.ts';

/** What the store needs of a link to a broker. */
export interface StoreLink {
  readonly isUp: boolean;
  /** Asks and waits. Rejects when the link breaks. */
  request(operation: string, payload: Uint8Array): Promise<string>;
  /** Asks without waiting, for nothing while the link is down. */
  tell(operation: string, payload: Uint8Array): void;
  /** Tells all workers of the broker. */
  notify(topic: string, payload: Uint8Array): Promise<void>;
}

/** The store over the links to broker processes. */
export class RemoteStore implements Store {
  readonly #links: readonly StoreLink[];
  readonly #takeNotice: TakeNotice;
  readonly #revoked: RevocationMemory;
  /** Sessions that were held or visited here and have not ended, with whether they are held. */
  readonly #mine = new Map<string, boolean>();

  constructor(links: readonly StoreLink[], takeNotice: TakeNotice, revoked: RevocationMemory) {
    this.#links = links;
    this.#revoked = revoked;
    this.#takeNotice = takeNotice;
  }

  async run(operation: Operation, path: Path, ...values: unknown[]): Promise<unknown> {
    const payload = encodeRequest(path, values);
    const place = path[1];
    if (place === undefined) {
      const answers = await Promise.all(this.#links.map((link) => link.request(operation, payload)));
      return merge(answers.map(readAnswer));
    }
    return readAnswer(await this.#linkOf(place).request(operation, payload));
  }

  note(change: SessionChange, session: string): void {
    this.#remember(change, session);
    this.#linkOf(session).tell(change, encodeRequest(session, []));
  }

  async tell(session: string, message: Uint8Array): Promise<void> {
    await this.#linkOf(session).notify(topicOf('told', session), message);
  }

  async revoke(revocations: readonly Revocation[]): Promise<void> {
    this.#revoked.take(revocations);
    // Each broker keeps them all, so the loss of one loses none. One that is away is reminded when it is back.
    const up = this.#links.filter((link) => link.isUp);
    const payload = encodeRequest(revocations, []);
    const asked = (up.length > 0 ? up : this.#links).map(async (link) =>
      readAnswer(await link.request('revoke', payload)),
    );
    const outcomes = await Promise.allSettled(asked);
    if (outcomes.every(({ status }) => status === 'rejected')) {
      await asked[0];
    }
  }

  /** Takes a notice from a link. */
  take(topic: string, message: Uint8Array): void {
    if (topic === REVOKED) {
      this.#revoked.take(decodeRevocations(message));
      return;
    }
    const [kind, session] = readTopic(topic);
    if (kind === 'ended') {
      if (this.#mine.get(session) === true) {
        // The broker did not know: the link was away, or this worker has only just come to hold it.
        this.#linkOf(session).tell('hold', encodeRequest(session, []));
        return;
      }
      this.#mine.delete(session);
    }
    this.#takeNotice(kind, session, message);
  }

  /**
   * Tells a broker that has come back, perhaps as a new process, what it must know. Resolves when it has told
   * what is revoked, or is away again: it tells that first, and then answers.
   */
  async rise(broker: number): Promise<void> {
    const link = this.#links[broker];
    for (const [session, isHeld] of this.#mine) {
      if (this.#linkOf(session) === link) {
        link.tell(isHeld ? 'hold' : 'visit', encodeRequest(session, []));
      }
    }
    const known = inParts(this.#revoked.list());
    const reminders = known.length > 0 ? known : [[]];
    await Promise.allSettled(reminders.map(async (part) => link?.request('remind', encodeRequest(part, []))));
  }

  #remember(change: SessionChange, session: string): void {
    if (change === 'hold') {
      this.#mine.set(session, true);
    } else if (change === 'visit' || this.#mine.has(session)) {
      const isHeld = change !== 'release' && this.#mine.get(session) === true;
      this.#mine.set(session, isHeld);
    }
  }

  #linkOf(place: string): StoreLink {
    const broker = brokerOf(place, this.#links.length);
    const link = this.#links[broker];
    if (link === undefined) {
      throw new RangeError(`Cannot find broker ${broker}: there are ${this.#links.length}`);
    }
    return link;
  }
}

/** The answers of several brokers as one: counts are added, branches are joined. */
function merge(answers: readonly unknown[]): unknown {
  if (answers.every((value) => typeof value === 'number')) {
    return answers.reduce((sum, count) => sum + count, 0);
  }
  const branches = answers.filter((value) => typeof value === 'object' && value !== null);
  return branches.length === 0
    ? undefined
    : Object.fromEntries(branches.flatMap((branch) => Object.entries(branch)));
}
