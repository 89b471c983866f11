/** How the users of one group speak: what they say over and over, encoded once, and what they listen for. */
import type { PlannedBehaviour } from '../../plan/index.ts';
import { batchesOf } from '../wire/index.ts';
import { PacketReader, type PacketSink } from './packet-reader.ts';
import { createCallEncoder, encodeEvent } from './packets.ts';

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
export function createVoice(behaviour: PlannedBehaviour, sink: PacketSink, mark: () => string): Voice {
  const { kind } = behaviour;
  const isCustom = kind === 'custom';
  const reply = kind === 'ping-pong' ? behaviour.reply : isCustom ? undefined : NO_REPLY;
  return {
    batches: kind === 'ping-pong' ? batchesOf(encodeEvent(behaviour.event, behaviour.payload)) : [],
    encodeCall: kind === 'calls' ? createCallEncoder(behaviour.event, behaviour.payload) : undefined,
    filler: kind === 'channels' ? 'f'.repeat(behaviour.payloadBytes) : '',
    isCustom,
    reader: new PacketReader(sink, { reply, mark }),
  };
}
