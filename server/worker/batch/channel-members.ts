/**
 * Lets sockets into channels and out again. Clients from 8 to 14 may ask, channel by channel, for publications in
 * arrays (`batch: true`): there a collector stands in the exchange in place of the socket, so that nobody else
 * pays for it.
 */
import type { Exchange, Subscriber } from '../exchange.ts';
import { Batch } from './batch.ts';

/** A socket as it is seen here. */
interface Member extends Subscriber {
  isSubscribed(channel: string): boolean;
  addChannel(channel: string): void;
  removeChannel(channel: string): void;
  /** Sends frames as one array. */
  sendArray(frames: readonly Buffer[]): void;
}

class Collector implements Subscriber {
  readonly channels = new Set<string>();
  readonly batch: Batch;
  readonly owner: Member;

  constructor(owner: Member, waitMs: number) {
    this.owner = owner;
    this.batch = new Batch((frames) => owner.sendArray(frames), waitMs);
  }

  sendFrame(frame: Buffer): void {
    this.batch.add(frame);
  }
}

export class ChannelMembers {
  readonly #exchange: Exchange;
  readonly #waitMs: number | undefined;
  readonly #collectors = new Map<Member, Collector>();
  /** Channels of which the broker has yet to take note. */
  readonly #joining = new Map<Member, Set<string>>();

  /** @param waitMs How long publications wait for others; undefined: they never do, whatever clients ask for. */
  constructor(exchange: Exchange, waitMs: number | undefined) {
    this.#exchange = exchange;
    this.#waitMs = waitMs;
  }

  /**
   * Lets a socket in. Resolves when the broker has taken note, with true when that made it a member: once, however
   * often it asked. Rejects, with the socket out again, when no broker did.
   *
   * @param mayBatch Whether the client takes the channel's publications in arrays.
   */
  async join(socket: Member, channel: string, mayBatch: boolean): Promise<boolean> {
    if (mayBatch && this.#waitMs !== undefined && !socket.isSubscribed(channel)) {
      this.#collect(socket, channel, this.#waitMs);
    }
    if (!socket.isSubscribed(channel)) {
      this.#noteJoining(socket, channel);
    }
    socket.addChannel(channel);
    const subscriber = this.subscriberOf(socket, channel);
    try {
      await this.#exchange.join(subscriber, channel);
    } catch (error) {
      // The client may have left the channel and asked for it anew while this was under way.
      if (!this.#exchange.has(this.subscriberOf(socket, channel), channel)) {
        socket.removeChannel(channel);
        this.#endJoining(socket, channel);
        this.#release(socket, channel);
      }
      throw error;
    }
    return this.#endJoining(socket, channel);
  }

  /**
   * Lets a socket go. What was collected for it leaves now, as nothing may follow. Returns whether it was a member:
   * not when the broker has yet to take note.
   */
  leave(socket: Member, channel: string): boolean {
    const wasMember = socket.isSubscribed(channel) && !this.#endJoining(socket, channel);
    socket.removeChannel(channel);
    this.#exchange.leave(this.subscriberOf(socket, channel), channel);
    this.#release(socket, channel);
    return wasMember;
  }

  /** The socket behind a subscriber. */
  socketOf(subscriber: Subscriber): Subscriber {
    return subscriber instanceof Collector ? subscriber.owner : subscriber;
  }

  /** What stands in the exchange for a socket. */
  subscriberOf(socket: Member, channel: string): Subscriber {
    const collector = this.#collectors.get(socket);
    return collector?.channels.has(channel) === true ? collector : socket;
  }

  #collect(socket: Member, channel: string, waitMs: number): void {
    const collector = this.#collectors.get(socket) ?? new Collector(socket, waitMs);
    collector.channels.add(channel);
    this.#collectors.set(socket, collector);
  }

  #noteJoining(socket: Member, channel: string): void {
    const joining = this.#joining.get(socket) ?? new Set();
    joining.add(channel);
    this.#joining.set(socket, joining);
  }

  /** Tells once, of a socket that waits for the broker, that the wait is over. */
  #endJoining(socket: Member, channel: string): boolean {
    const joining = this.#joining.get(socket);
    const wasJoining = joining?.delete(channel) === true;
    if (joining?.size === 0) {
      this.#joining.delete(socket);
    }
    return wasJoining;
  }

  #release(socket: Member, channel: string): void {
    const collector = this.#collectors.get(socket);
    if (collector?.channels.delete(channel) !== true) {
      return;
    }
    collector.batch.flush();
    if (collector.channels.size === 0) {
      this.#collectors.delete(socket);
    }
  }
}
