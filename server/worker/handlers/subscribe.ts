/** `#subscribe` and `#unsubscribe` (PROTOCOL.md, section 6). */
import { dehydrate, type EventPacket, isCall, WireError } from '../../protocol/index.ts';
import type { SCSocket } from '../socket/index.ts';
import type { Context } from './context.ts';

/** Subscribes a socket and answers when the broker has taken note. */
export async function subscribe(context: Context, socket: SCSocket, packet: EventPacket): Promise<void> {
  try {
    await join(context, socket, channelOf(packet.data));
    if (isCall(packet)) {
      socket.respond(packet.cid, undefined);
    }
  } catch (error) {
    if (isCall(packet)) {
      socket.respond(packet.cid, dehydrate(error));
    }
  }
}

async function join(context: Context, socket: SCSocket, channel: string): Promise<void> {
  const already = socket.isSubscribed(channel);
  const limit = context.options.socketChannelLimit;
  if (!already && socket.channels.size >= limit) {
    throw new WireError(`Socket ${socket.id} tried to exceed the channel subscription limit of ${limit}`, {
      name: 'BrokerError',
    });
  }
  socket.addChannel(channel);
  try {
    await context.join(socket, channel);
  } catch (error) {
    socket.removeChannel(channel);
    throw new WireError(`Failed to subscribe socket to the ${channel} channel: no broker took note`, {
      name: 'BrokerError',
      cause: error,
    });
  }
  if (!already && socket.state === 'open') {
    context.notify('subscription', socket, channel);
  }
}

/** Ends a socket's subscription. */
export function unsubscribe(context: Context, socket: SCSocket, packet: EventPacket): void {
  const error = leave(context, socket, packet.data);
  if (isCall(packet)) {
    socket.respond(packet.cid, error === undefined ? undefined : dehydrate(error));
  }
}

function leave(context: Context, socket: SCSocket, data: unknown): WireError | undefined {
  const channel = nameOf(data);
  if (channel === undefined || !socket.isSubscribed(channel)) {
    return new WireError(
      `Failed to unsubscribe socket from the ${channel ?? 'unnamed'} channel: it is not subscribed to it`,
      { name: 'BrokerError' },
    );
  }
  context.leave(socket, channel);
  context.notify('unsubscription', socket, channel);
  return undefined;
}

function channelOf(data: unknown): string {
  const channel = nameOf(data);
  if (channel === undefined) {
    throw new WireError('Subscribe channel name was malformatted', { name: 'InvalidActionError' });
  }
  return channel;
}

/** A channel's name as text, or in an object: clients of different ages send either. */
function nameOf(data: unknown): string | undefined {
  if (typeof data === 'string') {
    return data;
  }
  const inside = typeof data === 'object' && data !== null && 'channel' in data ? data.channel : undefined;
  return typeof inside === 'string' ? inside : undefined;
}
