import { expect, test, vi } from 'vitest';
import { isBinaryFrame, payloadOf } from '../../engine/index.ts';
import { type CodecEngine, minBinCodec } from '../../protocol/index.ts';
import { Codec } from './codec.ts';

function withEngine(engine: CodecEngine): Codec {
  const codec = new Codec();
  codec.use(engine, 0);
  return codec;
}

/** Text backwards: an engine whose messages are text. */
const backwards: CodecEngine = {
  encode: (packet) => [...JSON.stringify(packet)].reverse().join(''),
  decode: (message) => JSON.parse([...String(message)].reverse().join('')),
};

const read = (frame: Buffer): unknown => minBinCodec.decode(payloadOf(frame));

test('Codec makes JSON in text frames while there is no engine', () => {
  const codec = new Codec();
  expect(payloadOf(codec.event('a', 1, 2)).toString()).toBe('{"event":"a","data":1,"cid":2}');
  expect(payloadOf(codec.response(2, undefined, 1)).toString()).toBe('{"rid":2,"data":1}');
  const packed = codec.packPublication('c', { n: 1 });
  expect(codec.unpackFrame(packed)).toEqual(codec.publication('c', { n: 1 }));
  expect(codec.unpackData(packed)).toEqual({ n: 1 });
  expect(codec.parse('{"event":"a"}')).toEqual({ event: 'a' });
  expect(codec.parse(Buffer.from('{"event":"a"}'))).toBeUndefined();
});

test('Codec makes of each packet what the engine does, in frames of its kind', () => {
  const codec = withEngine(minBinCodec);
  expect(isBinaryFrame(codec.event('a'))).toBe(true);
  expect(read(codec.event('a', 1, 2))).toEqual({ event: 'a', data: 1, cid: 2 });
  expect(read(codec.response(2, undefined, 1))).toEqual({ rid: 2, error: null, data: 1 });
  expect(read(codec.publication('c', 1))).toEqual({ event: '#publish', data: { channel: 'c', data: 1 } });
  const text = withEngine(backwards);
  expect(isBinaryFrame(text.event('a'))).toBe(false);
  expect(text.parse(payloadOf(text.event('a', 1)).toString())).toEqual({ event: 'a', data: 1 });
});

test.each([
  ['bytes', minBinCodec],
  ['text', backwards],
])('Codec encodes a publication once, however many workers unpack it: %s', (_kind, engine) => {
  const encode = vi.fn(engine.encode);
  const codec = withEngine({ encode, decode: engine.decode });
  encode.mockClear();
  const packed = codec.packPublication('c', { n: 1 });
  const frames = [codec.unpackFrame(packed), codec.unpackFrame(packed)];
  expect(encode).toHaveBeenCalledOnce();
  expect(frames).toEqual([codec.publication('c', { n: 1 }), codec.publication('c', { n: 1 })]);
  expect(codec.unpackData(packed)).toEqual({ n: 1 });
});

test('array() joins messages, with and without an engine', () => {
  expect(payloadOf(new Codec().array(['{"rid":1}', '{"rid":2}'])).toString()).toBe('[{"rid":1},{"rid":2}]');
  const codec = withEngine(minBinCodec);
  const messages = [codec.event('a', 1), codec.event('b', 2)].map(payloadOf);
  expect(read(codec.array(messages))).toEqual([
    { event: 'a', data: 1 },
    { event: 'b', data: 2 },
  ]);
});

test('parse() takes what an engine throws at, or nests too deep, for a raw message', () => {
  const codec = withEngine(backwards);
  expect(codec.parse('no JSON')).toBeUndefined();
  let deep: unknown = 1;
  for (let level = 0; level < 1_001; level += 1) {
    deep = [deep];
  }
  expect(codec.parse(backwards.encode(deep) as string)).toBeUndefined();
});

test('pingV1 is encoded as well, and absent where the engine cannot', () => {
  expect(withEngine(minBinCodec).pingV1).toEqual(Buffer.from([0x82, 3, 0xa2, 0x23, 0x31]));
  const encode = (packet: unknown): string => {
    if (typeof packet === 'string') {
      throw new Error('no packet');
    }
    return '';
  };
  expect(withEngine({ encode, decode: () => undefined }).pingV1).toBeUndefined();
});

test('use() refuses what is no engine, and any engine once clients have connected', () => {
  const codec = new Codec();
  expect(() => codec.use({ encode: () => '' } as unknown as CodecEngine, 0)).toThrow(
    'Cannot set the codec engine: wanted is an object with encode and decode',
  );
  expect(() => codec.use(minBinCodec, 3)).toThrow('Cannot set the codec engine: 3 clients have connected');
  expect(codec.isCustom).toBe(false);
});
