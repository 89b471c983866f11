/** `#authenticate` and `#removeAuthToken` (PROTOCOL.md, section 7). */
import { dehydrate, type EventPacket, encodeEvent, events, isCall } from '../../protocol/index.ts';
import type { SCSocket } from '../socket/index.ts';
import type { Context } from './context.ts';

/** Checks the token a client sends on an open socket. */
export function authenticate(context: Context, socket: SCSocket, packet: EventPacket): void {
  const checked = context.check(packet.data);
  if (checked.payload !== undefined) {
    socket.authToken = checked.payload;
    socket.signedAuthToken = String(packet.data);
    respond(socket, packet, undefined, { isAuthenticated: true, authError: null });
    context.notify('authentication', socket, checked.payload);
    return;
  }
  const error = dehydrate(checked.error);
  const status = { isAuthenticated: socket.authToken !== null, authError: error };
  if (!checked.isBadToken) {
    respond(socket, packet, undefined, status);
    return;
  }
  socket.deauthenticateSelf();
  respond(socket, packet, error, { ...status, isAuthenticated: false });
  socket.sendText(encodeEvent(events.removeAuthToken));
}

/** Forgets the token, as the client has. Never answered. */
export function removeAuthToken(_context: Context, socket: SCSocket): void {
  socket.deauthenticateSelf();
}

function respond(socket: SCSocket, packet: EventPacket, error: unknown, data: unknown): void {
  if (isCall(packet)) {
    socket.respond(packet.cid, error, data);
  }
}
