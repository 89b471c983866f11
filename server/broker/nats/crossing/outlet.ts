import { type Frame, FrameWriter } from '../../link/index.ts';
import type { Crossings } from './counters.ts';
import { HEADER_BYTES, writeHeader } from './envelope.ts';

/** Where envelopes go. */
export interface Way {
  readonly isUp: boolean;
  /** Most bytes of one message. */
  readonly maxPayload: number;
  /** False when the message is lost. */
  publish(subject: string, bytes: Uint8Array): boolean;
}

/** What the outlets of a broker share. */
export interface OutletShare {
  way: Way;
  /** Id of this broker process. */
  sender: string;
  counters: Crossings;
  /** Told of the first publication of a batch; `send` is called soon. */
  begun(outlet: Outlet): void;
}

/** More bytes leave before the turn ends, 128 KiB. */
const MAX_BATCH_BYTES = 131_072;

/** Numbers what is published to one subject, and sends what comes in one turn as one message. */
export class Outlet {
  readonly #subject: string;
  readonly #epoch: number;
  readonly #share: OutletShare;
  #writer: FrameWriter | undefined;
  #next = 1;
  #count = 0;

  constructor(subject: string, epoch: number, share: OutletShare) {
    this.#subject = subject;
    this.#epoch = epoch;
    this.#share = share;
  }

  /** Adds a publication. One that cannot cross takes its number too, so that others see the gap. */
  add(publication: Frame): void {
    const { counters, way } = this.#share;
    const { byteLength } = publication;
    if (!way.isUp) {
      this.#skip();
      counters.crossingsLost += 1;
      return;
    }
    if (byteLength + HEADER_BYTES > way.maxPayload) {
      this.#skip();
      counters.crossingsTooLarge += 1;
      return;
    }
    const most = Math.min(MAX_BATCH_BYTES, way.maxPayload);
    if (this.#writer !== undefined && this.#writer.length + byteLength > most) {
      this.send();
    }
    this.#writer ??= this.#begin();
    this.#writer.forward(publication);
    this.#next += 1;
    this.#count += 1;
  }

  /** Sends the batch, if there is one. */
  send(): void {
    const writer = this.#writer;
    if (writer === undefined) {
      return;
    }
    const { counters, way } = this.#share;
    const count = this.#count;
    this.#writer = undefined;
    this.#count = 0;
    if (way.publish(this.#subject, writer.take())) {
      counters.crossedOut += count;
    } else {
      counters.crossingsLost += count;
    }
    giveBack(writer);
  }

  /** What was collected must leave first: numbers of one envelope have no gap. */
  #skip(): void {
    this.send();
    this.#next += 1;
  }

  #begin(): FrameWriter {
    const writer = spare.pop() ?? new FrameWriter();
    writeHeader(writer, { sender: this.#share.sender, epoch: this.#epoch, first: this.#next });
    this.#share.begun(this);
    return writer;
  }
}

/** Writers that are free. Their buffers would be made anew for every batch otherwise. */
const spare: FrameWriter[] = [];
const MOST_SPARE = 64;

function giveBack(writer: FrameWriter): void {
  if (spare.length < MOST_SPARE) {
    spare.push(writer);
  }
}
