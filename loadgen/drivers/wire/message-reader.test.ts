import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import * as ws from 'ws';
import { MessageReader } from './message-reader.ts';
import { FrameError, opcodes } from './websocket-frames.ts';

const { Sender } = ws as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } };

function frame(text: string, opcode: number, fin = true): Buffer {
  return Buffer.concat(
    Sender.frame(Buffer.from(text), { fin, opcode, mask: false, readOnly: true, rsv1: false }),
  );
}

/** Collects what is read, as text, with the kind in front. */
function collect(): { reader: MessageReader; seen: string[] } {
  const seen: string[] = [];
  const note = (kind: string) => (user: number, bytes: Buffer, start: number, end: number) => {
    seen.push(`${user} ${kind} ${bytes.toString('utf8', start, end)}`);
  };
  const close = (user: number, code: number): void => void seen.push(`${user} close ${code}`);
  return { reader: new MessageReader({ message: note('message'), ping: note('ping'), close }), seen };
}

/** A message in one or more fragments, with a control ping between two of them if so wished. */
const messages = fc.record({
  fragments: fc.array(fc.string({ maxLength: 200 }), { minLength: 1, maxLength: 4 }),
  ping: fc.option(fc.string({ maxLength: 20 }), { nil: undefined }),
});

test('MessageReader reads the same messages however the bytes are cut, from a buffer that is overwritten', () => {
  fc.assert(
    fc.property(
      fc.array(messages, { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 90 })),
      (sent, cuts) => {
        const { reader, seen } = collect();
        const expected: string[] = [];
        const stream = Buffer.concat(
          sent.flatMap(({ fragments, ping }) => {
            if (ping !== undefined) expected.push(`3 ping ${ping}`);
            expected.push(`3 message ${fragments.join('')}`);
            const frames = fragments.map((text, index) =>
              frame(text, index === 0 ? opcodes.text : opcodes.continuation, index === fragments.length - 1),
            );
            if (ping !== undefined) frames.splice(frames.length - 1, 0, frame(ping, opcodes.ping));
            return frames;
          }),
        );
        const shared = Buffer.alloc(8_192);
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const length = cuts.length === 0 ? stream.length : (cuts[turn % cuts.length] ?? 1);
          const chunk = stream.subarray(at, at + Math.min(length, shared.length - 5));
          shared.fill(0xee).set(chunk, 5);
          reader.read(3, shared, 5, 5 + chunk.length);
          at += chunk.length;
        }
        expect(seen).toEqual(expected);
      },
    ),
  );
});

test('MessageReader keeps the beginnings of different users apart', () => {
  const { reader, seen } = collect();
  const one = frame('one', opcodes.text);
  const two = frame('two', opcodes.text);
  reader.read(1, one, 0, 3);
  reader.read(2, two, 0, 4);
  reader.read(1, one, 3, one.length);
  reader.read(2, two, 4, two.length);
  expect(seen).toEqual(['1 message one', '2 message two']);
});

test('MessageReader forgets what was unfinished', () => {
  const { reader, seen } = collect();
  const one = frame('one', opcodes.text);
  reader.read(1, one, 0, 3);
  reader.read(1, one, 0, 0);
  reader.forget(1);
  reader.read(1, one, 0, one.length);
  expect(seen).toEqual(['1 message one']);
});

test('MessageReader tells the code of a close frame, 1005 when it has none', () => {
  const { reader, seen } = collect();
  const coded = Buffer.concat(
    Sender.frame(Buffer.from([0x0f, 0xa1]), { fin: true, opcode: 8, mask: false, rsv1: false }),
  );
  reader.read(1, coded, 0, coded.length);
  const bare = frame('', opcodes.close);
  reader.read(2, bare, 0, bare.length);
  expect(seen).toEqual(['1 close 4001', '2 close 1005']);
});

test('MessageReader throws nothing but FrameError, whatever comes in whatever pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 }), (chunks) => {
      const { reader } = collect();
      try {
        for (const chunk of chunks) reader.read(1, Buffer.from(chunk), 0, chunk.length);
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('MessageReader copies a long message once, however small its pieces are', () => {
  const { reader, seen } = collect();
  const long = frame('x'.repeat(2 ** 20), opcodes.text);
  const concat = vi.spyOn(Buffer, 'concat');
  for (let at = 0; at < long.length; at += 1_000) {
    reader.read(1, long, at, Math.min(at + 1_000, long.length));
  }
  expect(concat).toHaveBeenCalledOnce();
  concat.mockRestore();
  expect(seen).toEqual([`1 message ${'x'.repeat(2 ** 20)}`]);
});

test.each([
  [
    'a message of fragments without end',
    [frame('x', opcodes.text, false), ...Array(65_536).fill(frame('', opcodes.continuation, false))],
  ],
  ['a fragment without a beginning', [frame('x', opcodes.continuation)]],
  ['a message within a message', [frame('x', opcodes.text, false), frame('y', opcodes.text)]],
])('MessageReader refuses %s', (_what, frames) => {
  const { reader } = collect();
  const bytes = Buffer.concat(frames);
  expect(() => reader.read(1, bytes, 0, bytes.length)).toThrow(FrameError);
});
