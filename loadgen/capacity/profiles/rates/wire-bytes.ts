/** Bytes on the wire of what SocketCluster's users and servers say. */
import { type Behaviour, channelName } from '../../../plan/index.ts';

/** Ethernet, IPv4, and TCP with time stamps. */
const PACKET_HEADER_BYTES = 14 + 20 + 32;

/** Payload of one packet on Ethernet. */
const PACKET_BYTES = 1_448;

/** Clients mask what they send. RFC 6455, section 5.2. */
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

/** Bytes on the wire of the messages of a behaviour, with the headers of all layers. */
export function messageBytes(behaviour: Behaviour, payloadBytes = USUAL_BYTES): MessageBytes {
  const { sent, got } = textsOf(behaviour, payloadBytes);
  return { inbound: wireBytes(sent, MASK_BYTES), delivery: wireBytes(got, 0) };
}

/** Bytes on the wire of a heartbeat, in the direction that has more: an empty text from the client. */
export const heartbeatBytes = wireBytes('', MASK_BYTES);

/** Size of the data of a message, as JSON; of a publication, its filler. */
export function payloadBytesOf(behaviour: Behaviour, usual = USUAL_BYTES): number {
  if (behaviour.kind === 'channels') return behaviour.payloadBytes ?? USUAL_BYTES;
  if ('payload' in behaviour) return Buffer.byteLength(JSON.stringify(behaviour.payload) ?? '');
  return behaviour.kind === 'idle' ? 0 : usual;
}

function textsOf(behaviour: Behaviour, payloadBytes: number): { sent: string; got: string } {
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
    default:
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
  const header = length <= 125 ? 2 : length <= 65_535 ? 4 : 10;
  const bytes = header + mask + length;
  return bytes + Math.ceil(bytes / PACKET_BYTES) * PACKET_HEADER_BYTES;
}
