/** `#publish` from a client (PROTOCOL.md, section 6). */
import { dehydrate, type EventPacket, isCall, WireError } from '../../protocol/index.ts';
import type { SCSocket } from '../socket/index.ts';
import type { Context } from './context.ts';

/** Publishes for a client. The answer follows the client's own copy. */
export async function publish(context: Context, socket: SCSocket, packet: EventPacket): Promise<void> {
  try {
    const { channel, data } = publicationOf(context, packet.data);
    await context.publish(channel, data);
    if (isCall(packet)) {
      socket.respond(packet.cid, undefined);
    }
  } catch (error) {
    if (isCall(packet)) {
      socket.respond(packet.cid, dehydrate(visible(error)));
    }
  }
}

function publicationOf(context: Context, data: unknown): { channel: string; data: unknown } {
  if (!context.options.allowClientPublish) {
    throw new WireError('Client publish feature is disabled', { name: 'InvalidActionError' });
  }
  if (typeof data !== 'object' || data === null || !('channel' in data) || typeof data.channel !== 'string') {
    throw new WireError('Publish channel name was malformatted', { name: 'InvalidActionError' });
  }
  return { channel: data.channel, data: 'data' in data ? data.data : undefined };
}

/** What went wrong inside the cluster is the client's business only in name. */
function visible(error: unknown): WireError {
  return error instanceof WireError
    ? error
    : new WireError('Failed to publish: no broker took it', { name: 'BrokerError' });
}
