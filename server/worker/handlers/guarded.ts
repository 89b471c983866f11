/** What the packets that pass a middleware line have in common. */
import { dehydrate, type EventPacket, isCall, WireError } from '../../protocol/index.ts';
import type { SCSocket } from '../socket/index.ts';
import type { Context } from './context.ts';

/** A packet on its way to the application. */
export interface Guarded {
  packet: EventPacket;
  /** Set when the socket's token has just been taken away for its age. */
  expired: WireError | undefined;
  /** Lets the next packet of the socket begin. */
  proceed: () => void;
}

/** Tells a client that its call was blocked. One that was no call is told nothing. */
export function refuse(socket: SCSocket, packet: EventPacket, error: unknown): void {
  if (isCall(packet)) {
    socket.respond(packet.cid, dehydrate(error));
  }
}

/** Notes that a packet, if it is a call, gets no answer. */
export function forgive(socket: SCSocket, packet: EventPacket): void {
  if (isCall(packet)) {
    socket.owe(-1);
  }
}

/** Why a channel's name may not be used; undefined when it may. */
export function refusalOfName({ options }: Context, channel: string): WireError | undefined {
  return channel.length > options.channelNameLimit
    ? new WireError(`Channel name is longer than ${options.channelNameLimit} characters`, {
        name: 'InvalidActionError',
      })
    : undefined;
}
