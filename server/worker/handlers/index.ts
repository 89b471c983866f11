/**
 * The one way in: every message of every socket passes `receive`, whatever it holds. Packets begin in the
 * order they came, also when the middleware or the asynchronous handler of one takes time; pongs, responses and
 * what a client says before it leaves wait for nobody.
 */
import { throwLater } from '../../errors/index.ts';
import {
  type EventPacket,
  events,
  isCall,
  isEvent,
  isResponse,
  MAX_BATCH,
  PING_V2,
  PONG_V1,
} from '../../protocol/index.ts';
import type { SCSocket } from '../socket/index.ts';
import { authenticate, removeAuthToken } from './authenticate.ts';
import { call, waitFor } from './call.ts';
import type { Context } from './context.ts';
import { forgive } from './guarded.ts';
import { handshake } from './handshake.ts';
import { publish } from './publish.ts';
import { subscribe, unsubscribe } from './subscribe.ts';

export type { Context } from './context.ts';

/** Handles one message of a client. Nothing a client sends makes it throw. */
export function receive(context: Context, socket: SCSocket, message: string | Buffer): void {
  if (!socket.isReachable) {
    return; // Sent away: what was on its way comes too late.
  }
  if (message === PING_V2 || message === PONG_V1) {
    handlePong(socket, message === PONG_V1 ? 1 : 2);
    return;
  }
  const parsed = context.codec.parse(message);
  if (parsed === PONG_V1) {
    handlePong(socket, 1); // Version 14 encodes its pongs.
    return;
  }
  if (!Array.isArray(parsed)) {
    handleItem(context, socket, { item: parsed, raw: message, size: message.length, proceed: ignore });
    return;
  }
  if (parsed.length > MAX_BATCH) {
    socket.close('policyViolation');
    return;
  }
  const size = message.length / parsed.length;
  for (const item of parsed) {
    handleItem(context, socket, { item, raw: item, size, proceed: ignore });
  }
}

/** One item of a message. */
interface Arrival {
  /** The packet, if it is one. */
  readonly item: unknown;
  /** What a raw message is raised with. */
  readonly raw: unknown;
  /** Its share of the message: characters of a text, bytes of a binary one. */
  readonly size: number;
  /** Lets the next packet of the socket begin. */
  proceed: () => void;
}

function handleItem(context: Context, socket: SCSocket, arrival: Arrival): void {
  const { item } = arrival;
  if (isResponse(item) && !isEvent(item) && socket.state === 'open') {
    socket.settle(item.rid, item.error, item.data);
    return;
  }
  const { isBusy, isDeparting } = socket;
  if (context.lines.isUnused && !isBusy && !isDeparting) {
    begin(context, socket, arrival);
    return;
  }
  if ((isBusy || isDeparting) && isEvent(item) && item.event === events.disconnect) {
    noteLeaving(socket, item); // the end may come before its turn would
    return;
  }
  if (isDeparting) {
    return; // As if it had crossed the farewell: only what came before that is still answered.
  }
  socket.inbox.enter((proceed) => {
    arrival.proceed = proceed;
    try {
      begin(context, socket, arrival);
    } catch (error) {
      throwLater(error);
      proceed();
    }
  }, arrival.size);
}

function begin(context: Context, socket: SCSocket, { item, raw, proceed }: Arrival): void {
  if (!socket.isReachable) {
    proceed(); // Sent away by the item before.
    return;
  }
  if (!isEvent(item)) {
    handleRaw(context, socket, raw, proceed);
    return;
  }
  if (socket.state === 'connecting' && item.event !== events.handshake) {
    socket.close('messageBeforeHandshake');
    proceed();
    return;
  }
  handleEvent(context, socket, item, proceed);
}

function handleEvent(context: Context, socket: SCSocket, packet: EventPacket, proceed: () => void): void {
  // Middleware learns that the token has just been taken away for its age.
  const expired = socket.authToken === null ? undefined : socket.checkToken();
  if (isCall(packet)) {
    socket.owe(1);
  }
  switch (packet.event) {
    case events.handshake:
      return handshake(context, socket, packet, proceed);
    case events.authenticate:
      return authenticate(context, socket, packet, proceed);
    case events.subscribe:
      return subscribe(context, socket, { packet, expired, proceed });
    case events.publish:
      return publish(context, socket, { packet, expired, proceed });
    case events.unsubscribe:
      unsubscribe(context, socket, packet);
      return proceed();
    case events.removeAuthToken:
      removeAuthToken(socket);
      forgive(socket, packet);
      return proceed();
    case events.disconnect:
      noteLeaving(socket, packet);
      forgive(socket, packet);
      return proceed();
    default:
      return call(context, socket, { packet, expired, proceed });
  }
}

function handlePong(socket: SCSocket, version: 1 | 2): void {
  if (socket.state === 'connecting') {
    // While the handshake's middleware decides, a pong to an early ping is no offence.
    if (!socket.isBusy) {
      socket.close('messageBeforeHandshake');
    }
    return;
  }
  if (socket.pingVersion === 0) {
    socket.pingVersion = version;
  }
  socket.checkToken();
}

/** An older client says why it leaves before it does, the oldest once more without the data. The close frame follows. */
function noteLeaving(socket: SCSocket, packet: EventPacket): void {
  socket.leavingWith ??= packet.data;
}

function handleRaw(context: Context, socket: SCSocket, message: unknown, proceed: () => void): void {
  if (socket.state === 'connecting') {
    socket.close('messageBeforeHandshake');
    proceed();
    return;
  }
  waitFor(context, socket, socket.raise('raw', message), proceed);
}

/** Nobody waits behind a packet that is handled at once. */
function ignore(): void {}
