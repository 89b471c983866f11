/**
 * What a server that does nothing says to each text: just enough of SocketCluster for our drivers, with channels, and
 * an echo for what is none of it. No heartbeats, no checks, no errors.
 */

/** Nobody is to miss a heartbeat within any run. */
const PING_TIMEOUT_MS = 3_600_000;

/** A connection as the answers need it. */
export interface Listener {
  send(text: string): void;
}

/** Says what is to be said, to whoever is to hear it. */
export class Answers<Connection extends Listener> {
  readonly #reply: string;
  readonly #members = new Map<string, Set<Connection>>();
  /** Events answered so far: an answer with the number of the one before would be taken for it, come twice. */
  #answered = 0;

  /** @param reply Event that answers an event without a call number. */
  constructor(reply: string) {
    this.#reply = reply;
  }

  /** Takes a text. */
  hear(connection: Connection, text: string): void {
    const packet = packetOf(text);
    if (packet === undefined) connection.send(text);
    else this.#take(connection, packet, text);
  }

  /** Forgets a connection. */
  forget(connection: Connection): void {
    for (const members of this.#members.values()) members.delete(connection);
  }

  #take(connection: Connection, { event, cid, data }: Packet, text: string): void {
    switch (event) {
      case '#handshake':
        connection.send(handshake(cid));
        return;
      case '#subscribe':
        this.#membersOf(data).add(connection);
        break;
      case '#unsubscribe':
        this.#membersOf(data).delete(connection);
        break;
      case '#publish': {
        // As it came: what a publisher writes is what a subscriber reads, but for the number of a call.
        const delivery = cid === undefined ? text : JSON.stringify({ event, data });
        for (const member of this.#membersOf(data)) member.send(delivery);
        break;
      }
      default:
        if (cid === undefined) this.#answer(connection);
    }
    if (cid !== undefined) connection.send(`{"rid":${cid}}`);
  }

  #answer(connection: Connection): void {
    this.#answered += 1;
    connection.send(`{"event":${JSON.stringify(this.#reply)},"data":{"count":${this.#answered}}}`);
  }

  #membersOf(data: Packet['data']): Set<Connection> {
    const channel = String(data?.channel);
    const members = this.#members.get(channel) ?? new Set();
    this.#members.set(channel, members);
    return members;
  }
}

interface Packet {
  readonly event: string;
  readonly cid?: number;
  readonly data?: { readonly channel?: unknown } | null;
}

/** Undefined for what is no packet of SocketCluster. */
function packetOf(text: string): Packet | undefined {
  if (!text.startsWith('{"event":')) return undefined;
  return JSON.parse(text) as Packet;
}

function handshake(cid: number | undefined): string {
  const data = { id: 'null', pingTimeout: PING_TIMEOUT_MS, isAuthenticated: false };
  return JSON.stringify({ rid: cid, data });
}
