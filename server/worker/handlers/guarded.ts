/** What the packets that pass a middleware line have in common. */
import { dehydrate, type EventPacket, isCall, type WireError } from '../../protocol/index.ts';
import type { SCSocket } from '../socket/index.ts';

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
