/**
 * What crosses between hosts: one message of NATS holds a header and some publications of one channel, all of them
 * frames as they are on the links between workers and brokers (`link/frame.ts`), so that bytes are copied and not
 * made anew. The header is a frame of type `hello`, whose id is the version of this layout and whose payload is
 *
 *     12 bytes sender | u48 epoch | u48 number of the first publication, big-endian
 *
 * Each sender numbers the publications of each channel, those that could not cross too, so a receiver sees what it
 * has missed. A sender that has forgotten a channel's number begins anew with a higher epoch.
 */
import { createFrameReader, type Frame, FrameError, FrameType, type FrameWriter } from '../../link/index.ts';

const VERSION = 1;
const SENDER_BYTES = 12;
const EPOCH_AT = SENDER_BYTES;
const NUMBER_BYTES = 6;
const FIRST_AT = EPOCH_AT + NUMBER_BYTES;
const HEADER_PAYLOAD_BYTES = FIRST_AT + NUMBER_BYTES;

/** Who says what. */
export interface Header {
  /** A broker process: 12 hexadecimal digits of its host, 12 of its own. */
  sender: string;
  epoch: number;
  /** Number of the first publication. The others follow without a gap. */
  first: number;
}

/** Bytes of the header with its frame. */
export const HEADER_BYTES = 11 + HEADER_PAYLOAD_BYTES;

/** Begins an envelope. Publications follow by `writer.forward`. */
export function writeHeader(writer: FrameWriter, { sender, epoch, first }: Header): void {
  const payload = Buffer.allocUnsafe(HEADER_PAYLOAD_BYTES);
  payload.write(sender, 'hex');
  payload.writeUIntBE(epoch, EPOCH_AT, NUMBER_BYTES);
  payload.writeUIntBE(first, FIRST_AT, NUMBER_BYTES);
  writer.write(FrameType.hello, VERSION, '', payload);
}

/** Takes what an envelope holds. */
export interface EnvelopeReader {
  /** Called first. False when the publications are of no interest. */
  open(header: Header): boolean;
  /** Takes a publication, valid during the call, with its number. */
  take(publication: Frame, number: number): void;
}

/** @throws FrameError when the bytes are no envelope. What lay before the fault has been taken. */
export function readEnvelope(bytes: Buffer, { open, take }: EnvelopeReader): void {
  let isOpen: boolean | undefined;
  let number = 0;
  let length = 0;
  const reader = createFrameReader((frame) => {
    length += frame.byteLength;
    if (isOpen === undefined) {
      const header = readHeader(frame);
      number = header.first;
      isOpen = open(header);
      return;
    }
    if (frame.type !== FrameType.message) {
      throw new FrameError(`Cannot take a frame of type ${frame.type} from another host`);
    }
    if (isOpen) {
      take(frame, number);
    }
    number += 1;
  });
  reader.read(bytes);
  if (isOpen === undefined || length !== bytes.length) {
    throw new FrameError(`Cannot read an envelope of ${bytes.length} bytes: it ends within a frame`);
  }
}

function readHeader({ type, id, payload }: Frame): Header {
  if (type !== FrameType.hello || id !== VERSION || payload.length !== HEADER_PAYLOAD_BYTES) {
    throw new FrameError(`Cannot read an envelope of version ${id}: wanted is version ${VERSION}`);
  }
  return {
    sender: payload.toString('hex', 0, SENDER_BYTES),
    epoch: payload.readUIntBE(EPOCH_AT, NUMBER_BYTES),
    first: payload.readUIntBE(FIRST_AT, NUMBER_BYTES),
  };
}
