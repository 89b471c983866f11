/** `#handshake`: the first packet of every socket (PROTOCOL.md, section 3). */
import {
  closeCodes,
  dehydrate,
  type EventPacket,
  events,
  isCall,
  isSendableCode,
  WireError,
} from '../../protocol/index.ts';
import type { Checked } from '../auth/index.ts';
import type { Block } from '../middleware/index.ts';
import type { SCSocket } from '../socket/index.ts';
import { checkToken } from './authenticate.ts';
import type { Context } from './context.ts';

/** Opens a connecting socket. A token that does not verify leaves it unauthenticated, not shut out. */
export function handshake(
  context: Context,
  socket: SCSocket,
  packet: EventPacket,
  proceed: () => void,
): void {
  if (socket.state !== 'connecting') {
    refuseSecond(socket, packet);
    proceed();
    return;
  }
  if (context.lines.isEmpty('handshakeSC')) {
    identify(context, socket, packet, proceed);
    return;
  }
  context.lines.ask('handshakeSC', { socket }, (block) => {
    if (block === undefined) {
      identify(context, socket, packet, proceed);
    } else {
      shutOut(context, socket, packet, block);
      proceed();
    }
  });
}

function identify(context: Context, socket: SCSocket, packet: EventPacket, proceed: () => void): void {
  const signed = tokenOf(packet.data);
  if (signed === null) {
    open(context, socket, packet);
    proceed();
    return;
  }
  checkToken(context, socket, signed, (checked) => {
    try {
      if (checked.payload !== undefined) {
        socket.hold(checked.payload, signed as string); // what was found good is text
      } else {
        context.notify('badSocketAuthToken', socket, { authError: checked.error, signedAuthToken: signed });
      }
      open(context, socket, packet, checked);
    } finally {
      proceed();
    }
  });
}

function open(context: Context, socket: SCSocket, packet: EventPacket, checked?: Checked): void {
  if (!socket.isReachable) {
    return; // Gone while middleware decided.
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
  if (checked?.payload === undefined && checked?.isBadToken === true) {
    // Or the client would offer the same token for ever.
    socket.sendEvent(events.removeAuthToken);
  }
  if (socket.pingVersion === 0) {
    socket.ping();
  }
  context.opened(socket, status);
}

/** Clients of different ages look for the code in different places. */
function shutOut(context: Context, socket: SCSocket, packet: EventPacket, { error, detail }: Block): void {
  const code = codeOf(context, detail);
  if (isCall(packet)) {
    const plain = dehydrate(error);
    const reason = typeof plain === 'object' && plain !== null ? plain : { message: String(plain) };
    socket.respond(packet.cid, { ...reason, statusCode: code }, { code });
  }
  socket.disconnect(code);
}

/** The code a client is shut out with. One that cannot be sent must not let it in. */
function codeOf(context: Context, detail: unknown): number {
  if (typeof detail === 'number' && !isSendableCode(detail)) {
    context.lines.warn(
      new RangeError(
        `Cannot shut a client out with code ${detail}: wanted is one from 4000 to 4999, taken is ${closeCodes.handshakeRefused.code}`,
      ),
    );
  }
  return typeof detail === 'number' && isSendableCode(detail) ? detail : closeCodes.handshakeRefused.code;
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
