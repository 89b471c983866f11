/**
 * The sessions of one worker. The only socket of a new session costs an entry here and no more, until the
 * application asks for the session: then the brokers hear of it, and through them the other workers that have
 * sockets of it.
 */
import type { Store, TakeNotice } from '../../broker/index.ts';
import { Codec } from '../codec/index.ts';
import { makeSessionId } from './cookie.ts';
import { Session, type SessionMember } from './session.ts';

export class Sessions<Member extends SessionMember> {
  readonly #sessions = new Map<string, Session<Member> | Member>();
  readonly #ended: (id: string) => void;
  readonly #codec: Codec;
  #store: Store | undefined;
  #workerId = 0;

  /**
   * @param ended Told of each session that was used here and has ended.
   * @param codec That of the worker. Default: JSON.
   */
  constructor(ended: (id: string) => void, codec = new Codec()) {
    this.#ended = ended;
    this.#codec = codec;
  }

  /** Connects the sessions to the store; called once, before the first client. */
  attach(store: Store, workerId: number): void {
    this.#store = store;
    this.#workerId = workerId;
  }

  /** Makes an id for a client that has none. */
  makeId(): string {
    return makeSessionId(this.#workerId);
  }

  /**
   * Takes a socket in.
   *
   * @param isReturning Whether the client came with this id: only then another worker can know it.
   */
  enter(member: Member, id: string, isReturning: boolean): void {
    if (!isReturning && !this.#sessions.has(id)) {
      this.#sessions.set(id, member);
      return;
    }
    const session = this.#find(id);
    if (session.takeIn(member) && (session.isUsed || isReturning)) {
      session.isNoted = true;
      this.reach().note(session.isUsed ? 'hold' : 'join', id);
    }
  }

  /** Lets a socket go. */
  leave(member: Member, id: string): void {
    const session = this.#sessions.get(id);
    if (session === member) {
      this.#sessions.delete(id);
    }
    if (!(session instanceof Session) || !session.letGo(member)) {
      return;
    }
    if (session.isNoted) {
      session.isNoted = false;
      this.reach().note('release', session.id);
    }
    if (!session.isUsed) {
      this.#sessions.delete(session.id);
    }
  }

  /** Notes that the application asks for a session, from a socket or an HTTP request. */
  use(id: string): Session<Member> {
    const session = this.#find(id);
    if (session.isUsed && session.isNoted) {
      return session;
    }
    session.isUsed = true;
    session.isNoted = session.hasMembers;
    this.reach().note(session.isNoted ? 'hold' : 'visit', id);
    return session;
  }

  /** Takes what the brokers tell of sessions. */
  readonly takeNotice: TakeNotice = (kind, id, message) => {
    if (!this.#sessions.has(id)) {
      return;
    }
    const session = this.#find(id);
    if (kind === 'told') {
      send(this.#codec.unpackFrame(message), session.members());
    } else if (kind === 'known') {
      this.#join(session);
    } else {
      this.#end(session);
    }
  };

  /** Gives the store. */
  readonly reach = (): Store => {
    if (this.#store === undefined) {
      throw new Error('Cannot use sessions: the worker has no store yet');
    }
    return this.#store;
  };

  #join(session: Session<Member>): void {
    if (session.hasMembers && !session.isUsed) {
      session.isNoted = true;
      this.reach().note('join', session.id);
    }
  }

  #end(session: Session<Member>): void {
    if (!session.hasMembers) {
      this.#sessions.delete(session.id);
    }
    if (session.isUsed) {
      session.isUsed = false;
      this.#ended(session.id);
    }
  }

  #find(id: string): Session<Member> {
    const known = this.#sessions.get(id);
    if (known instanceof Session) {
      return known;
    }
    const session = new Session<Member>(id, this.reach, this.#codec);
    if (known !== undefined) {
      session.takeIn(known);
    }
    this.#sessions.set(id, session);
    return session;
  }
}

/** Sends one frame. Sockets that have not done their handshake would not understand it yet. */
function send(frame: Buffer, members: Iterable<SessionMember>): void {
  for (const member of [...members]) {
    if (member.state === 'open') {
      member.sendFrame(frame);
    }
  }
}
