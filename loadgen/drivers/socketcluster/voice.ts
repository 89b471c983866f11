/** How the users of one group speak: what they say over and over, encoded once, and what they listen for. */
import type { PlannedBehaviour } from '../../plan/index.ts';
import { PacketReader, type PacketSink } from './packet-reader.ts';
import { createCallEncoder, encodeEvent } from './packets.ts';

/** Most events in one write; more become several writes. */
const MAX_BATCH = 64;
/** Longest write, unless a single event is longer. */
const MAX_BATCH_BYTES = 256 * 1024;

/** The voice of one group. */
export interface Voice {
  /** The behaviour's event, repeated once, twice and so on. Empty for a behaviour that sends none. */
  batches: readonly Buffer[];
  /** Encodes the behaviour's call. */
  encodeCall: ((call: number) => Buffer) | undefined;
  /** Text that fills publications. */
  filler: string;
  /** True for users who are told every event. */
  isCustom: boolean;
  reader: PacketReader;
}

/** What a group listens for while its own behaviour awaits no event. No event has this name. */
const NO_REPLY = '';

/** Finds the voice for a behaviour. */
export function createVoice(
  behaviour: PlannedBehaviour,
  sink: PacketSink,
  startEpochMs: () => number,
): Voice {
  const { kind } = behaviour;
  const isCustom = kind === 'custom';
  const reply = kind === 'ping-pong' ? behaviour.reply : isCustom ? undefined : NO_REPLY;
  return {
    batches: kind === 'ping-pong' ? batchesOf(encodeEvent(behaviour.event, behaviour.payload)) : [],
    encodeCall: kind === 'calls' ? createCallEncoder(behaviour.event, behaviour.payload) : undefined,
    filler: kind === 'channels' ? 'f'.repeat(behaviour.payloadBytes) : '',
    isCustom,
    reader: new PacketReader(sink, { reply, startEpochMs }),
  };
}

function batchesOf(frame: Buffer): Buffer[] {
  const most = Math.max(1, Math.min(MAX_BATCH, Math.floor(MAX_BATCH_BYTES / frame.length)));
  const whole = Buffer.concat(Array.from({ length: most }, () => frame));
  return Array.from({ length: most }, (_, index) => whole.subarray(0, (index + 1) * frame.length));
}
