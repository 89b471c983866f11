/** Events of the application (PROTOCOL.md, section 5). */
import { dehydrate, type EventPacket, isCall, localEvents, WireError } from '../../protocol/index.ts';
import type { Respond, SCSocket } from '../socket/index.ts';
import type { Context } from './context.ts';
import { forgive, type Guarded, refuse } from './guarded.ts';

/** Hands an event to the application when its middleware lets it. Nobody listens: no answer, ever. */
export function call(context: Context, socket: SCSocket, { packet, expired, proceed }: Guarded): void {
  if (localEvents.has(packet.event)) {
    forgive(socket, packet);
    proceed();
    return;
  }
  if (context.lines.isEmpty('emit')) {
    waitFor(context, socket, raise(socket, packet), proceed);
    return;
  }
  const request = { socket, event: packet.event, data: packet.data, authTokenExpiredError: expired };
  context.lines.ask('emit', request, (block) => {
    if (block === undefined) {
      waitFor(context, socket, raise(socket, { ...packet, data: request.data }), proceed);
      return;
    }
    try {
      refuse(socket, packet, block.error);
    } finally {
      proceed();
    }
  });
}

/**
 * Lets the next packet of a socket begin when the listeners of this one have ended: one that is asynchronous is
 * never overtaken, not even by events of other names. Without `strictOrder` nothing waits for a listener.
 */
export function waitFor(
  context: Context,
  socket: SCSocket,
  running: boolean | Promise<void>,
  proceed: () => void,
): void {
  if (!(running instanceof Promise && context.options.strictOrder)) {
    proceed();
  } else if (socket.isBusy) {
    void running.then(proceed);
  } else {
    // The packet came straight here, as nothing waited: from now on something does.
    socket.inbox.enter((end) => void running.then(end), 0);
  }
}

function raise(socket: SCSocket, packet: EventPacket): boolean | Promise<void> {
  const running = socket.raise(
    packet.event,
    packet.data,
    isCall(packet) ? responder(socket, packet.cid) : ignore,
  );
  if (running === false) {
    forgive(socket, packet); // nobody listens
  }
  return running;
}

function responder(socket: SCSocket, cid: string | number): Respond {
  let answered = false;
  return (error, data) => {
    if (answered) {
      throw new WireError(`Response ${cid} has already been sent`, { name: 'InvalidActionError' });
    }
    socket.respond(cid, error === null || error === undefined ? undefined : dehydrate(error), data);
    answered = true; // not before: what cannot be sent may be followed by what can
  };
}

/** The answer to an event that is no call. */
function ignore(): void {}
