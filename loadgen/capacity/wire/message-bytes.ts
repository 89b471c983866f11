/**
 * Bytes on the wire of what SocketCluster's users and servers say: the data, its envelope of JSON, the frame and the
 * headers of all layers below. Written down here alone, so that what was measured of a byte and what is predicted from it
 * mean the same. Each message is taken to be sent by itself: where several share a packet there are fewer headers.
 */
import { channelName } from '../../plan/index.ts';

/** Ethernet (IEEE 802.3), IPv4 (RFC 791), and TCP (RFC 9293) with time stamps (RFC 7323). */
const PACKET_HEADER_BYTES = 14 + 20 + (20 + 12);

/** Payload of one packet on Ethernet: 1,500 bytes less the headers of IPv4 and TCP. */
export const PACKET_BYTES = 1_500 - 20 - (20 + 12);

/** Header of a frame by the length of its payload, and the mask of what clients send. RFC 6455, section 5.2. */
const SHORT_FRAME = { most: 125, header: 2 };
const LONGER_FRAME = { most: 65_535, header: 4 };
const LONGEST_HEADER = 10;
const MASK_BYTES = 4;

/** Numbers as long as they become in a run of some minutes. */
const CALL = 1_000_000_000;
const COUNT = 100_000;
const CHANNEL = 1_000;
const PUBLICATION = { r: 'abcdef', p: 10_000, n: 1_000, t: 100_000_000 };

/** Data of a message whose content nobody knows, bytes. */
const USUAL_BYTES = 64;

/** What goes each way. */
export interface MessageBytes {
  /** Of a message that a user sends. */
  readonly inbound: number;
  /** Of its answer, or of a delivery. */
  readonly delivery: number;
}

/** What users say, as far as its size goes: the behaviours of scenarios, and those that plans show. */
export type Said =
  | { readonly kind: 'calls'; readonly event?: string | undefined; readonly payload: unknown }
  | {
      readonly kind: 'ping-pong';
      readonly event?: string | undefined;
      readonly reply?: string | undefined;
      readonly payload: unknown;
    }
  | { readonly kind: 'messages'; readonly message: string }
  | { readonly kind: 'channels'; readonly payloadBytes?: number | undefined }
  | { readonly kind: 'idle' | 'custom' };

/** Bytes on the wire of the messages of a behaviour, with the headers of all layers. */
export function messageBytes(behaviour: Said, payloadBytes = USUAL_BYTES): MessageBytes {
  const { sent, got } = textsOf(behaviour, payloadBytes);
  return { inbound: wireBytes(sent, MASK_BYTES), delivery: wireBytes(got, 0) };
}

/** Bytes on the wire of a heartbeat, in the direction that has more: an empty text from the client. */
export const heartbeatBytes = wireBytes('', MASK_BYTES);

/** Size of the data of a message, as JSON; of a publication, its filler. */
export function payloadBytesOf(behaviour: Said, usual = USUAL_BYTES): number {
  if (behaviour.kind === 'channels') return behaviour.payloadBytes ?? USUAL_BYTES;
  if ('payload' in behaviour) return Buffer.byteLength(JSON.stringify(behaviour.payload) ?? '');
  return behaviour.kind === 'idle' ? 0 : usual;
}

function textsOf(behaviour: Said, payloadBytes: number): { sent: string; got: string } {
  switch (behaviour.kind) {
    case 'channels': {
      const data = { ...PUBLICATION, f: filler(payloadBytesOf(behaviour)) };
      const text = JSON.stringify({ event: '#publish', data: { channel: channelName(CHANNEL), data } });
      return { sent: text, got: text };
    }
    case 'ping-pong': {
      const { event = 'ping', payload, reply = 'pong' } = behaviour;
      const sent = JSON.stringify({ event, data: payload });
      return { sent, got: JSON.stringify({ event: reply, data: { count: COUNT } }) };
    }
    case 'calls':
      return call(behaviour.event ?? 'call', behaviour.payload);
    case 'messages':
      return { sent: behaviour.message, got: behaviour.message };
    case 'idle':
    case 'custom':
      return call('call', filler(payloadBytes));
  }
}

/** What an application answers is its own affair: as much as it was asked. */
function call(event: string, data: unknown): { sent: string; got: string } {
  const sent = JSON.stringify({ event, data, cid: CALL });
  return { sent, got: JSON.stringify({ rid: CALL, data }) };
}

function filler(bytes: number): string {
  return 'f'.repeat(bytes);
}

function wireBytes(text: string, mask: number): number {
  const length = Buffer.byteLength(text);
  const bytes = frameHeaderOf(length) + mask + length;
  return bytes + Math.ceil(bytes / PACKET_BYTES) * PACKET_HEADER_BYTES;
}

function frameHeaderOf(length: number): number {
  const frame = [SHORT_FRAME, LONGER_FRAME].find(({ most }) => length <= most);
  return frame?.header ?? LONGEST_HEADER;
}
