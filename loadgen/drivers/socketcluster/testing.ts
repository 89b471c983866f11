/** Test only: what a target with a mistake may send, or an evil one. */
import fc from 'fast-check';

const names = [
  'pong',
  'news',
  '#publish',
  '#setAuthToken',
  '#removeAuthToken',
  '#kickOut',
  '__proto__',
  '__defineGetter__',
];

/** Values of a field: right ones, wrong ones, and objects that are no text whatever one does. */
const value = (...usual: unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.jsonValue() },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        { toString: 1, valueOf: null },
        [[[[]]]],
        -1,
        0.5,
        1e300,
        2 ** 53,
        'bench/',
        'bench/1e9',
      ),
    },
  );

const body = fc.record({
  r: value('abc123', '000000'),
  p: value(0, 1, 1_000_000),
  n: value(0, 1),
  t: value(4_250_000),
  f: value('f'),
});
const publication = fc.record({
  event: fc.constant('#publish'),
  data: fc.record({ channel: value('bench/0', 'bench/1'), data: body }),
});
const content = fc.record(
  {
    channel: value('bench/0', 'bench/1', 'a'),
    data: fc.oneof(body, value(1)),
    token: value('t'),
    count: value(1),
  },
  { requiredKeys: [] },
);
const packet = fc.record(
  {
    event: value(...names),
    data: fc.oneof(content, value(null)),
    cid: value(1, 2),
    rid: value(1, 2, 3, 4, 1_000_000_000, 1_000_000_001),
    error: value({ name: 'E', message: 'm' }, true),
  },
  { requiredKeys: [] },
);

/** Messages that a target with a mistake may send, or an evil one: packets with anything in any field, texts, bytes. */
export const noise: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 8, arbitrary: fc.oneof(packet, publication, fc.array(packet)).map(bytesOf) },
  { weight: 1, arbitrary: fc.json().map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.constantFrom('', '#1', '#2', '{"rid":', '[').map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.uint8Array() },
);

function bytesOf(packets: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(packets));
}
