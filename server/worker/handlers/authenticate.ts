/** `#authenticate` and `#removeAuthToken` (PROTOCOL.md, section 7). */
import { dehydrate, type EventPacket, events, isCall } from '../../protocol/index.ts';
import type { Checked } from '../auth/index.ts';
import type { SCSocket } from '../socket/index.ts';
import type { Context } from './context.ts';

/** Checks the token a client sends on an open socket. */
export function authenticate(
  context: Context,
  socket: SCSocket,
  packet: EventPacket,
  proceed: () => void,
): void {
  checkToken(context, socket, packet.data, (checked) => {
    try {
      if (checked.payload === undefined) {
        refuseToken(context, socket, packet, checked);
      } else {
        socket.hold(checked.payload, String(packet.data));
        respond(socket, packet, undefined, { isAuthenticated: true, authError: null });
      }
    } finally {
      proceed();
    }
  });
}

/** Checks a token, then asks the application, then looks again: it may have been revoked while it was asked. */
export function checkToken(
  context: Context,
  socket: SCSocket,
  signed: unknown,
  decided: (checked: Checked) => void,
): void {
  const checked = context.check(signed);
  if (checked.payload === undefined || context.lines.isEmpty('authenticate')) {
    decided(checked);
    return;
  }
  const request = { socket, authToken: checked.payload, signedAuthToken: signed };
  context.lines.ask('authenticate', request, (block) => {
    if (block === undefined) {
      const again = context.check(signed);
      decided(again.payload === undefined ? again : checked);
    } else {
      decided({ error: block.error, isBadToken: block.detail === true });
    }
  });
}

type Refused = Extract<Checked, { payload?: undefined }>;

function refuseToken(context: Context, socket: SCSocket, packet: EventPacket, refused: Refused): void {
  const error = dehydrate(refused.error);
  context.notify('badSocketAuthToken', socket, { authError: refused.error, signedAuthToken: packet.data });
  if (!refused.isBadToken) {
    respond(socket, packet, undefined, { isAuthenticated: socket.authToken !== null, authError: error });
    return;
  }
  socket.deauthenticateSelf();
  respond(socket, packet, error, { isAuthenticated: false, authError: error });
  socket.sendEvent(events.removeAuthToken);
}

/** Forgets the token, as the client has. Never answered. */
export function removeAuthToken(socket: SCSocket): void {
  socket.deauthenticateSelf();
}

function respond(socket: SCSocket, packet: EventPacket, error: unknown, data: unknown): void {
  if (isCall(packet)) {
    socket.respond(packet.cid, error, data);
  }
}
