/** `#publish` from a client (PROTOCOL.md, section 6). */
import { dehydrate, type EventPacket, isCall, WireError } from '../../protocol/index.ts';
import type { SCSocket } from '../socket/index.ts';
import type { Context } from './context.ts';
import { type Guarded, refuse } from './guarded.ts';

/** Publishes for a client when its middleware lets it. The answer follows the client's own copy. */
export function publish(context: Context, socket: SCSocket, { packet, expired, proceed }: Guarded): void {
  const channel = channelOf(context, packet.data);
  if (channel instanceof WireError) {
    refuse(socket, packet, channel);
    proceed();
    return;
  }
  const data = dataOf(packet.data);
  if (context.lines.isEmpty('publishIn')) {
    void handOver(context, socket, { packet, channel, data });
    proceed();
    return;
  }
  const request = { socket, channel, data, ackData: undefined, authTokenExpiredError: expired };
  context.lines.ask('publishIn', request, (block) => {
    if (block === undefined) {
      void handOver(context, socket, { packet, channel, data: request.data, ackData: request.ackData });
    } else {
      refuse(socket, packet, block.error);
    }
    proceed();
  });
}

interface Publication {
  packet: EventPacket;
  channel: string;
  data: unknown;
  /** Data of the answer. */
  ackData?: unknown;
}

async function handOver(context: Context, socket: SCSocket, publication: Publication): Promise<void> {
  const { packet, channel, data, ackData } = publication;
  try {
    await context.publish(channel, data);
    if (isCall(packet)) {
      socket.respond(packet.cid, undefined, ackData);
    }
  } catch {
    // What went wrong inside the cluster is the client's business only in name.
    const error = new WireError('Failed to publish: no broker took it', { name: 'BrokerError' });
    if (isCall(packet)) {
      socket.respond(packet.cid, dehydrate(error));
    }
  }
}

function channelOf(context: Context, data: unknown): string | WireError {
  if (!context.options.allowClientPublish) {
    return new WireError('Client publish feature is disabled', { name: 'InvalidActionError' });
  }
  if (typeof data !== 'object' || data === null || !('channel' in data) || typeof data.channel !== 'string') {
    return new WireError('Publish channel name was malformatted', { name: 'InvalidActionError' });
  }
  return data.channel;
}

function dataOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'data' in data ? data.data : undefined;
}
