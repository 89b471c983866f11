/** `#publish` from a client (PROTOCOL.md, section 6). */
import { type EventPacket, isCall, WireError } from '../../protocol/index.ts';
import type { SCSocket } from '../socket/index.ts';
import type { Context } from './context.ts';
import { type Guarded, refusalOfName, refuse } from './guarded.ts';

const NOT_SENDABLE = { name: 'InvalidMessageError' } as const;

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
    try {
      if (block === undefined) {
        void handOver(context, socket, { packet, channel, data: request.data, ackData: request.ackData });
      } else {
        refuse(socket, packet, block.error);
      }
    } finally {
      proceed();
    }
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
  let published: Promise<void>;
  try {
    published = context.publish(socket, channel, data);
  } catch (cause) {
    // Not the client's doing: what it sends can be sent on, unless middleware puts something else in its place.
    const message = `Cannot publish to "${channel}": middleware gave data that cannot be sent`;
    context.lines.warn(new Error(message, { cause }));
    refuse(socket, packet, new WireError('Failed to publish: its data cannot be sent', NOT_SENDABLE));
    return;
  }
  try {
    await published;
  } catch {
    // What went wrong inside the cluster is the client's business only in name.
    refuse(socket, packet, new WireError('Failed to publish: no broker took it', { name: 'BrokerError' }));
    return;
  }
  answer(context, socket, packet, ackData);
}

/** The publication is out, whatever middleware wants to say of it: an error would have it published again. */
function answer(context: Context, socket: SCSocket, packet: EventPacket, ackData: unknown): void {
  if (!isCall(packet)) {
    return;
  }
  try {
    socket.respond(packet.cid, undefined, ackData);
  } catch (cause) {
    context.lines.warn(
      new Error('Cannot answer #publish with ackData: middleware gave data that cannot be sent', { cause }),
    );
    socket.respond(packet.cid, undefined);
  }
}

function channelOf(context: Context, data: unknown): string | WireError {
  if (!context.options.allowClientPublish) {
    return new WireError('Client publish feature is disabled', { name: 'InvalidActionError' });
  }
  if (typeof data !== 'object' || data === null || !('channel' in data) || typeof data.channel !== 'string') {
    return new WireError('Publish channel name was malformatted', { name: 'InvalidActionError' });
  }
  return refusalOfName(context, data.channel) ?? data.channel;
}

function dataOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'data' in data ? data.data : undefined;
}
