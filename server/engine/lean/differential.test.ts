/** The lean engine beside that on `ws`: what a peer sends, and how it is cut, must make no difference between them. */
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Wire } from '../engine.ts';
import { frameOfText } from '../frame.ts';
import {
  type CreateEngine,
  maskedFrame,
  type SeatOptions,
  sharing,
  type Told,
  takeSeat,
} from '../line/testing.ts';
import { createWsEngine } from '../ws-engine.ts';
import { createLeanEngine } from './lean-engine.ts';

/** Small, so that many messages are too long. */
const MAX_PAYLOAD = 300;

/** Writes as the worker does: held back until the end of the turn. */
function answer(wire: Wire, text: string): void {
  if (!wire.isOpen) {
    return;
  }
  if (!wire.corked) {
    wire.corked = true;
    wire.cork();
    setImmediate(() => {
      wire.corked = false;
      wire.uncork();
    });
  }
  wire.write(frameOfText(text));
}

/** What a handler does with a text. */
const deeds = new Map<unknown, (wire: Wire) => void>([
  ['answer', (wire) => answer(wire, 'short')],
  ['answer at length', (wire) => answer(wire, 'x'.repeat(5_000))],
  [
    'pause',
    (wire) => {
      wire.pause();
      setImmediate(() => wire.resume());
    },
  ],
  ['close', (wire) => wire.close(4_001, 'as told')],
  ['terminate', (wire) => wire.terminate()],
]);

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('answer', 'answer', 'answer at length', '', 'ü') },
  { weight: 1, arbitrary: fc.constantFrom('pause', 'close', 'terminate') },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.nat(400).map((length) => 'l'.repeat(length)) },
);
const mask = fc.oneof(fc.constant([0, 0, 0, 0]), fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }));
const lengthBits = fc.constantFrom(undefined, undefined, undefined, 16 as const, 64 as const);

const frameOf = (
  first: fc.Arbitrary<number>,
  payload: fc.Arbitrary<Uint8Array | string>,
): fc.Arbitrary<Buffer> =>
  fc
    .tuple(payload, first, mask, lengthBits)
    .map(([each, byte, maskOfIt, bits]) =>
      maskedFrame(each, { first: byte, mask: maskOfIt, ...(bits === undefined ? {} : { lengthBits: bits }) }),
    );

const bytes = fc.uint8Array({ maxLength: 140 });
const control = frameOf(fc.constantFrom(0x89, 0x8a), fc.uint8Array({ maxLength: 130 }));
const fragmented = fc
  .tuple(
    fc.constantFrom(0x01, 0x02),
    fc.array(fc.oneof(text, bytes), { minLength: 2, maxLength: 4 }),
    control,
  )
  .map(([first, parts, between]) => {
    const last = parts.length - 1;
    const frames = parts.map((part, index) =>
      maskedFrame(part, { first: (index === 0 ? first : 0) | (index === last ? 0x80 : 0) }),
    );
    return Buffer.concat([...frames.slice(0, 1), between, ...frames.slice(1)]);
  });
const close = fc
  .tuple(fc.oneof(fc.constantFrom(1000, 1001, 4_000, 1005), fc.nat(65_535)), fc.oneof(text, bytes))
  .map(([code, reason]) =>
    maskedFrame(
      Buffer.concat([Uint8Array.of(code >> 8, code & 0xff), Buffer.from(reason)]).subarray(0, 125),
      {
        first: 0x88,
      },
    ),
  );

const validFrame = fc.oneof(
  { weight: 12, arbitrary: frameOf(fc.constant(0x81), text) },
  { weight: 2, arbitrary: control },
  { weight: 2, arbitrary: fragmented },
  { weight: 1, arbitrary: frameOf(fc.constant(0x82), bytes) },
);
const anyFrame = fc.oneof(
  { weight: 20, arbitrary: validFrame },
  { weight: 1, arbitrary: close },
  { weight: 1, arbitrary: frameOf(fc.constant(0x81), bytes) },
  { weight: 1, arbitrary: frameOf(fc.nat(255), bytes) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((each) => Buffer.from(each)) },
  {
    weight: 1,
    arbitrary: fc.tuple(validFrame, fc.nat(), fc.nat(255)).map(([frame, place, byte]) => {
      const changed = Buffer.from(frame);
      changed[place % Math.min(frame.length, 8)] = byte;
      return changed;
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(validFrame, fc.nat())
      .map(([frame, length]) => frame.subarray(0, length % frame.length)),
  },
);

/** How a peer ends the connection. */
const ending = fc.constantFrom('cut', 'said no more', 'reset');

const script = fc.record({
  stream: fc.array(anyFrame, { maxLength: 12 }).map((frames) => Buffer.concat(frames)),
  /** Lengths of the chunks in turn, and whether the next comes in a later turn of the loop. */
  chunks: fc.array(
    fc.tuple(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 600 })), fc.boolean()),
    {
      minLength: 1,
      maxLength: 12,
    },
  ),
  hasHead: fc.boolean(),
  ending,
  skipUTF8Validation: fc.boolean(),
  /** Whether connections read into one buffer, as in Node. */
  isShared: fc.boolean(),
});

type Script = typeof script extends fc.Arbitrary<infer Value> ? Value : never;

/** The chunks of a stream. */
function* chunksOf({ stream, chunks }: Script): Generator<[Buffer, boolean]> {
  for (let at = 0, index = 0; at < stream.length; index += 1) {
    const [length, isLater] = chunks[index % chunks.length]!;
    yield [stream.subarray(at, at + length), isLater];
    at += length;
  }
}

interface Outcome {
  told: Told[];
  answered: Buffer;
  /** Whether the connection was dropped, so that it is a matter of moments what has left before. */
  isDropped: boolean;
}

/** Reads a script to an engine. */
async function perform(createEngine: CreateEngine, given: Script): Promise<Outcome> {
  const outcome = { isDropped: given.ending === 'reset' };
  const chunks = [...chunksOf(given)];
  const options: SeatOptions = {
    maxPayload: MAX_PAYLOAD,
    serverOptions: { skipUTF8Validation: given.skipUTF8Validation },
    act(wire, message) {
      outcome.isDropped ||= message === 'terminate';
      deeds.get(message)?.(wire);
    },
  };
  const [head] = given.hasHead ? chunks.splice(0, 1) : [];
  const seat = await takeSeat(createEngine, head === undefined ? options : { ...options, head: head[0] });
  for (const [chunk, isLater] of chunks) {
    if (isLater) {
      await turn();
    }
    seat.line.say(chunk);
  }
  if (given.ending === 'said no more') {
    seat.line.sayNoMore();
  } else if (given.ending === 'reset') {
    seat.line.destroy(new Error('reset'));
  }
  for (let turns = 0; turns < 3; turns += 1) {
    await turn();
  }
  await seat.end();
  return { ...outcome, told: seat.told, answered: seat.answered() };
}

test('createLeanEngine() tells and answers the same as createWsEngine(), whatever comes and however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(script, async (given) => {
      const plain = await perform(createWsEngine, given);
      const lean = await perform(given.isShared ? sharing(createLeanEngine) : createLeanEngine, given);
      expect(lean.told).toEqual(plain.told);
      const bytes = lean.isDropped ? Math.min(plain.answered.length, lean.answered.length) : undefined;
      expect(lean.answered.toString('latin1', 0, bytes)).toBe(plain.answered.toString('latin1', 0, bytes));
    }),
    { numRuns: 3_000 },
  );
}, 120_000);
