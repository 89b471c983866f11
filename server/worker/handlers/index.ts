/** The one way in: every message of every socket passes `receive`, whatever it holds. */
import {
  type EventPacket,
  events,
  isEvent,
  isResponse,
  MAX_BATCH,
  PING_V2,
  PONG_V1,
  parse,
} from '../../protocol/index.ts';
import type { SCSocket } from '../socket/index.ts';
import { authenticate, removeAuthToken } from './authenticate.ts';
import { call } from './call.ts';
import type { Context } from './context.ts';
import { handshake } from './handshake.ts';
import { publish } from './publish.ts';
import { subscribe, unsubscribe } from './subscribe.ts';

export type { Context } from './context.ts';

/** Handles one message of a client. Nothing a client sends makes it throw; only the application can. */
export function receive(context: Context, socket: SCSocket, data: Buffer, isBinary: boolean): void {
  if (isBinary) {
    handleRaw(socket, data);
    return;
  }
  const text = data.toString();
  if (text === PING_V2 || text === PONG_V1) {
    handlePong(socket, text === PONG_V1 ? 1 : 2);
    return;
  }
  const parsed = parse(text);
  if (!Array.isArray(parsed)) {
    handleItem(context, socket, parsed, text);
    return;
  }
  if (parsed.length > MAX_BATCH) {
    socket.close('policyViolation');
    return;
  }
  for (const item of parsed) {
    handleItem(context, socket, item, item);
  }
}

function handleItem(context: Context, socket: SCSocket, item: unknown, raw: unknown): void {
  if (isEvent(item)) {
    if (socket.state === 'open' || item.event === events.handshake) {
      handleEvent(context, socket, item);
    } else {
      closeEarly(socket);
    }
    return;
  }
  if (isResponse(item) && socket.state === 'open') {
    socket.settle(item.rid, item.error, item.data);
    return;
  }
  handleRaw(socket, raw);
}

function handleEvent(context: Context, socket: SCSocket, packet: EventPacket): void {
  if (socket.authToken !== null) {
    socket.checkToken();
  }
  switch (packet.event) {
    case events.handshake:
      return handshake(context, socket, packet);
    case events.authenticate:
      return authenticate(context, socket, packet);
    case events.removeAuthToken:
      return removeAuthToken(context, socket);
    case events.subscribe:
      return void subscribe(context, socket, packet);
    case events.unsubscribe:
      return unsubscribe(context, socket, packet);
    case events.publish:
      return void publish(context, socket, packet);
    case events.disconnect:
      return noteDisconnect(socket, packet);
    default:
      return call(socket, packet);
  }
}

function handlePong(socket: SCSocket, version: 1 | 2): void {
  if (socket.state === 'connecting') {
    closeEarly(socket);
    return;
  }
  if (socket.pingVersion === 0) {
    socket.pingVersion = version;
  }
  socket.checkToken();
}

/** An older client says why it leaves before it does; the close frame follows. */
function noteDisconnect(socket: SCSocket, packet: EventPacket): void {
  socket.leavingWith = packet.data;
}

function handleRaw(socket: SCSocket, message: unknown): void {
  if (socket.state === 'connecting') {
    closeEarly(socket);
    return;
  }
  socket.raise('raw', message);
}

function closeEarly(socket: SCSocket): void {
  if (socket.state === 'connecting') {
    socket.close('messageBeforeHandshake');
  }
}
