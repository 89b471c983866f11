/** `#handshake`: the first packet of every socket (PROTOCOL.md, section 3). */
import { dehydrate, type EventPacket, encodeEvent, events, isCall, WireError } from '../../protocol/index.ts';
import type { SCSocket } from '../socket/index.ts';
import type { Context } from './context.ts';

/** Opens a connecting socket. A token that does not verify leaves it unauthenticated, not shut out. */
export function handshake(context: Context, socket: SCSocket, packet: EventPacket): void {
  if (socket.state !== 'connecting') {
    refuseSecond(socket, packet);
    return;
  }
  const signed = tokenOf(packet.data);
  const checked = signed === null ? undefined : context.check(signed);
  if (checked?.payload !== undefined) {
    socket.authToken = checked.payload;
    socket.signedAuthToken = String(signed);
  }
  socket.state = 'open';
  const status = {
    id: socket.id,
    pingTimeout: context.options.pingTimeout,
    authError: checked?.error === undefined ? undefined : dehydrate(checked.error),
    isAuthenticated: socket.authToken !== null,
  };
  if (isCall(packet)) {
    socket.respond(packet.cid, undefined, status);
  }
  if (checked?.error !== undefined && checked.isBadToken) {
    // Or the client would offer the same token for ever.
    socket.sendText(encodeEvent(events.removeAuthToken));
  }
  if (socket.pingVersion === 0) {
    socket.ping();
  }
  context.opened(socket, status);
}

function refuseSecond(socket: SCSocket, packet: EventPacket): void {
  if (isCall(packet)) {
    const error = new WireError('The handshake of this socket is done already', {
      name: 'InvalidActionError',
    });
    socket.respond(packet.cid, dehydrate(error));
  }
}

/** The token a client offers: null when it offers none. Some clients leave the field or the data out. */
function tokenOf(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('authToken' in data)) {
    return null;
  }
  return data.authToken ?? null;
}
