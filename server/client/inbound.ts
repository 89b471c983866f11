/** What the server says of its own accord: reserved events (PROTOCOL.md, sections 6 to 8) and the application's. */
import { type EventPacket, events, isCall, WireError } from '../protocol/index.ts';
import type { Auth } from './auth/index.ts';
import type { Channels } from './channels/index.ts';
import { fieldOf } from './connection/index.ts';
import { type EventStreams, isLocalEvent, type Listeners, type ProcedureCall } from './events/index.ts';

/** What events of the server act upon. */
export interface Inbound {
  auth: Pick<Auth, 'keep' | 'remove'>;
  channels: Pick<Channels, 'deliver' | 'kickOut' | 'holdBack' | 'resubscribe'>;
  listeners: Listeners;
  streams: Pick<EventStreams, 'push'>;
  failed(error: unknown): void;
}

/** Answers an event that is a call; does nothing for others. */
export type Answer = (error: unknown, data?: unknown) => void;

/** Handles one event of the server. Nothing a server sends makes it throw. */
export function handleEvent(inbound: Inbound, packet: EventPacket, answer: Answer): void {
  const { event, data } = packet;
  switch (event) {
    case events.publish:
      return withChannel(data, (channel) => inbound.channels.deliver(channel, fieldOf(data, 'data')));
    case events.kickOut:
      return withChannel(data, (channel) => inbound.channels.kickOut(channel, fieldOf(data, 'message')));
    case events.setAuthToken:
      return void setAuthToken(inbound, fieldOf(data, 'token'), answer);
    case events.removeAuthToken:
      return void removeAuthToken(inbound, answer);
    case events.disconnect:
      return; // The wire has noted it; the close frame follows.
    default:
      return isLocalEvent(event) ? undefined : callListeners(inbound, packet, answer);
  }
}

async function setAuthToken(inbound: Inbound, token: unknown, answer: Answer): Promise<void> {
  if (typeof token !== 'string') {
    refuse(
      inbound,
      answer,
      new WireError('No token data provided by #setAuthToken event', { name: 'InvalidMessageError' }),
    );
    return;
  }
  try {
    const kept = inbound.auth.keep(token);
    inbound.channels.resubscribe(({ waitForAuth }) => waitForAuth === true);
    await kept;
    answer(undefined);
  } catch (error) {
    refuse(inbound, answer, error);
  }
}

async function removeAuthToken(inbound: Inbound, answer: Answer): Promise<void> {
  try {
    const removed = inbound.auth.remove();
    inbound.channels.holdBack();
    await removed;
    answer(undefined);
  } catch (error) {
    refuse(inbound, answer, error);
  }
}

function refuse(inbound: Inbound, answer: Answer, error: unknown): void {
  inbound.failed(error);
  answer(error);
}

/** Nobody listens: no answer, ever. The caller's time-out is the answer. */
function callListeners({ listeners, streams }: Inbound, packet: EventPacket, answer: Answer): void {
  const { event, data } = packet;
  let isAnswered = false;
  const respond = (error?: unknown, result?: unknown): void => {
    if (isAnswered) {
      throw new WireError(`Response to "${event}" has already been sent`, { name: 'InvalidActionError' });
    }
    isAnswered = true;
    answer(error ?? undefined, result);
  };
  listeners.call(event, data, respond);
  if (isCall(packet)) {
    streams.push(
      'procedure',
      event,
      (): ProcedureCall => ({
        procedure: event,
        data,
        end: (result) => respond(null, result),
        error: (error) => respond(error),
      }),
    );
  } else {
    streams.push('receiver', event, () => data);
  }
}

/** A channel without a name is none: the packet is dropped. */
function withChannel(data: unknown, work: (channel: string) => void): void {
  const channel = fieldOf(data, 'channel');
  if (typeof channel === 'string') {
    work(channel);
  }
}
