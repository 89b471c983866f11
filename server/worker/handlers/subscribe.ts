/** `#subscribe` and `#unsubscribe` (PROTOCOL.md, section 6). */
import { dehydrate, type EventPacket, isCall, WireError } from '../../protocol/index.ts';
import type { SCSocket } from '../socket/index.ts';
import type { Context } from './context.ts';
import { type Guarded, refusalOfName, refuse } from './guarded.ts';

/** Subscribes a socket when its middleware lets it, and answers when the broker has taken note. */
export function subscribe(context: Context, socket: SCSocket, guarded: Guarded): void {
  const { packet, expired, proceed } = guarded;
  const { channel, data, waitForAuth, mayBatch } = requestOf(packet.data);
  const refusal = refusalOf(context, channel, { waitForAuth, expired });
  if (refusal !== undefined || channel === undefined) {
    refuse(socket, packet, refusal);
    proceed();
    return;
  }
  if (context.lines.isEmpty('subscribe')) {
    void join(context, socket, { packet, channel, mayBatch });
    proceed();
    return;
  }
  const request = { socket, channel, data, waitForAuth, authTokenExpiredError: expired };
  context.lines.ask('subscribe', request, (block) => {
    try {
      if (block === undefined) {
        void join(context, socket, { packet, channel, mayBatch });
      } else {
        refuse(socket, packet, block.error);
      }
    } finally {
      proceed();
    }
  });
}

function refusalOf(
  context: Context,
  channel: string | undefined,
  { waitForAuth, expired }: { waitForAuth: boolean; expired: WireError | undefined },
): WireError | undefined {
  if (channel === undefined) {
    return new WireError('Subscribe channel name was malformatted', { name: 'InvalidActionError' });
  }
  // The client held the subscription back until it was authenticated, and now it is not any more.
  return (waitForAuth ? expired : undefined) ?? refusalOfName(context, channel);
}

async function join(
  context: Context,
  socket: SCSocket,
  { packet, ...request }: { packet: EventPacket; channel: string; mayBatch: boolean },
): Promise<void> {
  if (!socket.isReachable) {
    return; // Gone while middleware decided: nobody would ever take it out of the channel.
  }
  try {
    await joinWithinLimits(context, socket, request);
  } catch (error) {
    refuse(socket, packet, error);
    return;
  }
  if (isCall(packet)) {
    socket.respond(packet.cid, undefined);
  }
}

async function joinWithinLimits(
  context: Context,
  socket: SCSocket,
  { channel, mayBatch }: { channel: string; mayBatch: boolean },
): Promise<void> {
  const limit = socket.isSubscribed(channel) ? undefined : exceededLimit(context, socket.channels, channel);
  if (limit !== undefined) {
    throw new WireError(`Socket ${socket.id} tried to exceed the channel subscription limit of ${limit}`, {
      name: 'BrokerError',
    });
  }
  let isNew: boolean;
  try {
    isNew = await context.join(socket, channel, mayBatch);
  } catch (error) {
    throw new WireError(`Failed to subscribe socket to the ${channel} channel: no broker took note`, {
      name: 'BrokerError',
      cause: error,
    });
  }
  if (isNew) {
    context.notify('subscription', socket, channel);
  }
}

/** The limit that one more channel would exceed, as the end of a sentence; undefined when there is room for it. */
function exceededLimit(
  { options }: Context,
  channels: ReadonlySet<string>,
  channel: string,
): string | undefined {
  const { channelNameLimit, socketChannelLimit, socketChannelNamesLimit } = options;
  if (channels.size >= socketChannelLimit) {
    return String(socketChannelLimit);
  }
  // Names are only counted where there are so many that they could be too long.
  const mayExceed = (channels.size + 1) * channelNameLimit > socketChannelNamesLimit;
  const together = mayExceed ? [...channels].reduce((sum, { length }) => sum + length, channel.length) : 0;
  return together > socketChannelNamesLimit ? `${socketChannelNamesLimit} characters of names` : undefined;
}

/** Ends a socket's subscription. */
export function unsubscribe(context: Context, socket: SCSocket, packet: EventPacket): void {
  const error = leave(context, socket, packet.data);
  if (isCall(packet)) {
    socket.respond(packet.cid, error === undefined ? undefined : dehydrate(error));
  }
}

function leave(context: Context, socket: SCSocket, data: unknown): WireError | undefined {
  const { channel } = requestOf(data);
  if (channel === undefined || !socket.isSubscribed(channel)) {
    return new WireError(
      `Failed to unsubscribe socket from the ${channel ?? 'unnamed'} channel: it is not subscribed to it`,
      { name: 'BrokerError' },
    );
  }
  context.leave(socket, channel);
  return undefined;
}

interface Request {
  channel: string | undefined;
  data: unknown;
  waitForAuth: boolean;
  mayBatch: boolean;
}

/** What is asked for. The channel is text, or in an object: clients of different ages send either. */
function requestOf(data: unknown): Request {
  if (typeof data === 'string') {
    return { channel: data, data: undefined, waitForAuth: false, mayBatch: false };
  }
  const fields = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  const channel = Object.hasOwn(fields, 'channel') ? fields['channel'] : undefined;
  return {
    channel: typeof channel === 'string' ? channel : undefined,
    data: fields['data'],
    waitForAuth: fields['waitForAuth'] === true,
    mayBatch: fields['batch'] === true,
  };
}
