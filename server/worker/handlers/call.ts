/** Events of the application, and responses to the server's own calls. */
import { dehydrate, type EventPacket, isCall, localEvents, WireError } from '../../protocol/index.ts';
import type { Respond, SCSocket } from '../socket/index.ts';

/** Hands an event to the application. Nobody listens: no answer, ever. */
export function call(socket: SCSocket, packet: EventPacket): void {
  if (localEvents.has(packet.event)) {
    return;
  }
  socket.raise(packet.event, packet.data, isCall(packet) ? responder(socket, packet.cid) : ignore);
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
