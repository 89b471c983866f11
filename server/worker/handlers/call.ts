/** Events of the application (PROTOCOL.md, section 5). */
import { dehydrate, type EventPacket, isCall, localEvents, WireError } from '../../protocol/index.ts';
import type { Respond, SCSocket } from '../socket/index.ts';
import type { Context } from './context.ts';
import { type Guarded, refuse } from './guarded.ts';

/** Hands an event to the application when its middleware lets it. Nobody listens: no answer, ever. */
export function call(context: Context, socket: SCSocket, { packet, expired, proceed }: Guarded): void {
  if (localEvents.has(packet.event)) {
    proceed();
    return;
  }
  if (context.lines.isEmpty('emit')) {
    raiseInOrder(socket, packet);
    proceed();
    return;
  }
  const request = { socket, event: packet.event, data: packet.data, authTokenExpiredError: expired };
  context.lines.ask('emit', request, (block) => {
    if (block === undefined) {
      raiseInOrder(socket, { ...packet, data: request.data });
    } else {
      refuse(socket, packet, block.error);
    }
    proceed();
  });
}

/**
 * Raises an event after the handlers of those of the same name before it have ended: an asynchronous
 * handler never runs twice at a time for one socket. Other events overtake it.
 */
function raiseInOrder(socket: SCSocket, packet: EventPacket): void {
  if (socket.hasInbox && socket.inbox.hasOrder(packet.event)) {
    socket.inbox.enterEvent(packet.event, (proceed) => {
      const running = raise(socket, packet);
      if (running instanceof Promise) {
        void running.then(proceed);
      } else {
        proceed();
      }
    });
    return;
  }
  const running = raise(socket, packet);
  if (running instanceof Promise) {
    socket.inbox.enterEvent(packet.event, (proceed) => void running.then(proceed));
  }
}

function raise(socket: SCSocket, packet: EventPacket): boolean | Promise<void> {
  return socket.raise(packet.event, packet.data, isCall(packet) ? responder(socket, packet.cid) : ignore);
}

function responder(socket: SCSocket, cid: string | number): Respond {
  let answered = false;
  return (error, data) => {
    if (answered) {
      throw new WireError(`Response ${cid} has already been sent`, { name: 'InvalidActionError' });
    }
    answered = true;
    socket.respond(cid, error === null || error === undefined ? undefined : dehydrate(error), data);
  };
}

/** The answer to an event that is no call. */
function ignore(): void {}
