import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameError, FrameType, FrameWriter } from '../../link/index.ts';
import { withPublication } from '../testing.ts';
import { HEADER_BYTES, type Header, readEnvelope, writeHeader } from './envelope.ts';

const SENDER = 'aaaaaaaaaaaabbbbbbbbbbbb';

function envelopeOf(header: Header, publications: readonly (readonly [string, string])[]): Buffer {
  const writer = new FrameWriter();
  writeHeader(writer, header);
  for (const [channel, payload] of publications) {
    withPublication(channel, payload, (publication) => writer.forward(publication));
  }
  return writer.take();
}

function read(bytes: Buffer, isOpen = true) {
  const taken: unknown[] = [];
  let header: Header | undefined;
  readEnvelope(bytes, {
    open: (found) => {
      header = found;
      return isOpen;
    },
    take: ({ channel, payload }, number) => taken.push([channel, payload.toString(), number]),
  });
  return { header, taken };
}

test('readEnvelope() gives back what was put in, numbered from the first', () => {
  const text = fc.string({ unit: 'grapheme' });
  const headers = fc.record({
    sender: fc.constant(SENDER),
    epoch: fc.nat(2 ** 48 - 1),
    first: fc.nat(2 ** 48 - 1_000),
  });
  fc.assert(
    fc.property(headers, fc.array(fc.tuple(text, text)), (header, publications) => {
      const { header: found, taken } = read(envelopeOf(header, publications));
      expect(found).toEqual(header);
      expect(taken).toEqual(publications.map((pair, index) => [...pair, header.first + index]));
    }),
  );
});

test('writeHeader() takes as many bytes as it says', () => {
  expect(envelopeOf({ sender: SENDER, epoch: 1, first: 1 }, [])).toHaveLength(HEADER_BYTES);
});

test('readEnvelope() passes over what is of no interest', () => {
  const bytes = envelopeOf({ sender: SENDER, epoch: 1, first: 5 }, [['a', 'x']]);
  expect(read(bytes, false).taken).toEqual([]);
});

test('readEnvelope() throws FrameError for anything else, and nothing else', () => {
  const good = envelopeOf({ sender: SENDER, epoch: 1, first: 5 }, [
    ['a', 'x'],
    ['b', 'y'],
  ]);
  const notMessage = new FrameWriter();
  writeHeader(notMessage, { sender: SENDER, epoch: 1, first: 1 });
  notMessage.write(FrameType.notice, 0, 'told:x');
  const otherVersion = Buffer.from(good);
  otherVersion.writeUInt32BE(2, 5);
  for (const bytes of [Buffer.alloc(0), notMessage.take(), otherVersion, Buffer.from('{"kind":"hello"}')]) {
    expect(() => read(bytes)).toThrow(FrameError);
  }
  for (let length = 0; length < good.length; length += 1) {
    const cut = good.subarray(0, length);
    if (length === HEADER_BYTES || length === HEADER_BYTES + 13) expect(() => read(cut)).not.toThrow();
    else expect(() => read(cut)).toThrow(FrameError);
  }
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(() => read(Buffer.from(bytes))).toThrow(FrameError);
    }),
  );
});
