/**
 * The frames every engine must read as RFC 6455 says and answer as `ws` does, however they are cut. Called by the tests
 * of each engine; no other file imports it.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { frameOfText } from './frame.ts';
import {
  type CreateEngine,
  maskedFrame,
  type Seat,
  type SeatOptions,
  shortFramesIn,
  type Told,
  takeSeat,
} from './line/testing.ts';

/** Most bytes of a message here. */
const MOST = 65_536;
/** Up to so many bytes a case is cut at each of them. */
const CUT_EVERYWHERE = 150;

interface Case {
  sent: Uint8Array[];
  /** Messages, in their order. Default: none. */
  heard?: (string | Buffer)[];
  /** What the peer gets: opcode and payload. Default: nothing. */
  answered?: [opcode: number, payload: string][];
  /** How the wire ends when the connection is cut afterwards. Default: without a close frame. */
  end?: { code: number; reason: string };
  options?: SeatOptions;
}

/** A close frame as it is answered. */
const closing = (code: number, reason = ''): [number, string] => [
  8,
  `${String.fromCharCode(code >> 8, code & 0xff)}${reason}`,
];
const closeFrame = (code: number, reason: Uint8Array | string = ''): Buffer =>
  maskedFrame(Buffer.concat([Uint8Array.of(code >> 8, code & 0xff), Buffer.from(reason)]), { first: 0x88 });
const part = (first: number, payload: Uint8Array | string): Buffer => maskedFrame(payload, { first });
const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const refused = (code: number, ...sent: Uint8Array[]): Case => ({ sent, answered: [closing(code)] });

const lengths = [0, 1, 23, 24, 125, 126, 127, 1_000, 65_535, 65_536];

const messages: [string, Case][] = [
  ...lengths.map((length): [string, Case] => [
    `text of ${length} bytes`,
    { sent: [maskedFrame('*'.repeat(length))], heard: ['*'.repeat(length)] },
  ]),
  ...lengths.map((length): [string, Case] => [
    `${length} binary bytes`,
    { sent: [maskedFrame(Buffer.alloc(length, 0xfe), { first: 0x82 })], heard: [Buffer.alloc(length, 0xfe)] },
  ]),
  ['a mask of zeros', { sent: [maskedFrame('text', { mask: [0, 0, 0, 0] })], heard: ['text'] }],
  ['a length of more bytes than needed', { sent: [maskedFrame('t', { lengthBits: 16 })], heard: ['t'] }],
  ['a length of most bytes', { sent: [maskedFrame('t', { lengthBits: 64 })], heard: ['t'] }],
  [
    'frames of all kinds in a row',
    {
      sent: [
        maskedFrame('one'),
        maskedFrame('two', { mask: [1, 2, 3, 4] }),
        maskedFrame(''),
        part(0x89, 'ping'),
        maskedFrame('ü'),
        part(0x82, 'three'),
        part(0x8a, 'pong'),
        maskedFrame('four'),
      ],
      heard: ['one', 'two', '', 'ü', Buffer.from('three'), 'four'],
      answered: [[10, 'ping']],
    },
  ],
];

const fragments: [string, Case][] = [
  ['two fragments', { sent: [part(0x01, 'frag'), part(0x80, 'ment')], heard: ['fragment'] }],
  [
    'fragments of nothing',
    { sent: [part(0x01, ''), part(0x00, ''), part(0x80, ''), maskedFrame('x')], heard: ['', 'x'] },
  ],
  [
    'control frames between fragments',
    {
      sent: [
        part(0x01, 'a'),
        part(0x89, '1'),
        part(0x00, 'b'),
        part(0x8a, ''),
        part(0x89, '2'),
        part(0x80, 'c'),
      ],
      heard: ['abc'],
      answered: [
        [10, '1'],
        [10, '2'],
      ],
    },
  ],
  [
    'a character cut in two between fragments',
    { sent: [part(0x01, bytes('e2 82')), part(0x80, bytes('ac'))], heard: ['€'] },
  ],
  ['binary fragments', { sent: [part(0x02, 'a'), part(0x80, 'b')], heard: [Buffer.from('ab')] }],
  ['a text inside another message', refused(1002, part(0x01, 'a'), part(0x81, 'b'))],
  ['a binary message inside another', refused(1002, part(0x01, 'a'), part(0x82, 'b'))],
  ['the beginning of a message inside another', refused(1002, part(0x01, 'a'), part(0x01, 'b'))],
  ['a continuation of nothing', refused(1002, part(0x80, 'a'))],
  [
    'the continuation of a whole message',
    { ...refused(1002, maskedFrame('a'), part(0x00, 'b')), heard: ['a'] },
  ],
  [
    'more fragments than allowed',
    {
      ...refused(1008, part(0x01, 'a'), part(0x00, 'b'), part(0x00, 'c')),
      options: { serverOptions: { maxFragments: 2 } },
    },
  ],
];

const control: [string, Case][] = [
  ...[0, 1, 125].map((length): [string, Case] => [
    `a ping of ${length} bytes`,
    { sent: [part(0x89, 'p'.repeat(length))], answered: [[10, 'p'.repeat(length)]] },
  ]),
  ['a pong nobody asked for', { sent: [part(0x8a, 'x'.repeat(125)), maskedFrame('a')], heard: ['a'] }],
  [
    'pings in a row',
    {
      sent: [part(0x89, '1'), part(0x89, '2')],
      answered: [
        [10, '1'],
        [10, '2'],
      ],
    },
  ],
  [
    'a ping where none is answered',
    { sent: [part(0x89, '')], options: { serverOptions: { autoPong: false } } },
  ],
  ['a ping of 126 bytes', refused(1002, part(0x89, 'p'.repeat(126)))],
  ['a pong of 126 bytes', refused(1002, part(0x8a, 'p'.repeat(126)))],
  ['a close frame of 126 bytes', refused(1002, closeFrame(1000, 'r'.repeat(124)))],
  ['a ping in pieces', refused(1002, part(0x09, 'p'))],
  ['a close frame in pieces', refused(1002, part(0x08, ''))],
];

const malformed: [string, Case][] = [
  ...[0xc1, 0xa1, 0x91, 0xf1, 0xc2, 0xc9, 0xa8].map((first): [string, Case] => [
    `reserved bits, first byte ${first.toString(16)}`,
    { ...refused(1002, maskedFrame('a'), part(first, 'b'), maskedFrame('c')), heard: ['a'] },
  ]),
  ...[0x83, 0x84, 0x85, 0x86, 0x87, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f].map((first): [string, Case] => [
    `a reserved opcode, first byte ${first.toString(16)}`,
    refused(1002, part(first, '')),
  ]),
  ['text without a mask', { ...refused(1002, maskedFrame('a'), bytes('81 01 62')), heard: ['a'] }],
  ['empty text without a mask', refused(1002, bytes('81 00'))],
  ['longer text without a mask', refused(1002, bytes('81 7e 00 7e'), Buffer.alloc(126, 'x'))],
  ['a byte more than maxPayload', refused(1009, maskedFrame('x'.repeat(MOST + 1)))],
  [
    'text longer than a small maxPayload',
    {
      ...refused(1009, maskedFrame('1234'), maskedFrame('12345')),
      heard: ['1234'],
      options: { maxPayload: 4 },
    },
  ],
  [
    'fragments longer than maxPayload together',
    { ...refused(1009, part(0x01, '123'), part(0x80, '45')), options: { maxPayload: 4 } },
  ],
  ['a length of 2^53', refused(1009, bytes('81 ff 00 20 00 00 00 00 00 00'), bytes('00 00 00 00'))],
  ['a length of all ones', refused(1009, bytes('82 ff ff ff ff ff ff ff ff ff'), bytes('00 00 00 00'))],
];

const valid = ['00', '7f', 'c280', 'dfbf', 'e0a080', 'ed9fbf', 'ee8080', 'efbfbd', 'efbfbe', 'efbfbf'];
const validLong = ['f0908080', 'f48fbfbf', 'cebae1bdb9cf83cebcceb5', 'f09f9880', 'efbbbf'];
const invalid = [
  '80',
  'bf',
  'c0',
  'c080',
  'c1bf',
  'c3',
  'c328',
  'e08080',
  'e09fbf',
  'e282',
  'e228a1',
  'eda080',
];
const invalidLong = [
  'edbfbf',
  'f0808080',
  'f08fbfbf',
  'f09f98',
  'f4908080',
  'f888808080',
  'fe',
  'ff',
  'cebae1bd',
];

/** Alone, and behind so many characters that `ws` looks at it by other means. */
const behind = (hex: string): Buffer[] =>
  ['', 'x'.repeat(30)].map((text) => Buffer.concat([Buffer.from(text), bytes(hex)]));

const utf8: [string, Case][] = [
  ...[...valid, ...validLong].map((hex): [string, Case] => [
    `UTF-8 ${hex}`,
    { sent: behind(hex).map((text) => maskedFrame(text)), heard: behind(hex).map(String) },
  ]),
  ...[...invalid, ...invalidLong].flatMap((hex) =>
    behind(hex).map((text): [string, Case] => [
      `no UTF-8 ${hex}, ${text.length} bytes`,
      { ...refused(1007, maskedFrame('a'), maskedFrame(text), maskedFrame('b')), heard: ['a'] },
    ]),
  ),
  ['no UTF-8 in fragments', refused(1007, part(0x01, bytes('ceba e1')), part(0x80, 'x'))],
  [
    'no UTF-8 where nobody looks',
    {
      sent: [maskedFrame(bytes('78 c3 28')), part(0x01, bytes('ff')), part(0x80, 'x')],
      heard: ['x\ufffd(', '\ufffdx'],
      options: { serverOptions: { skipUTF8Validation: true } },
    },
  ],
];

const validCodes = [
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999,
];
const invalidCodes = [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535];

const ends: [string, Case][] = [
  [
    'a close frame of nothing',
    { sent: [part(0x88, '')], answered: [[8, '']], end: { code: 1005, reason: '' } },
  ],
  ...validCodes.map((code): [string, Case] => [
    `a close frame of ${code}`,
    { sent: [closeFrame(code, 'why')], answered: [closing(code, 'why')], end: { code, reason: 'why' } },
  ]),
  ...invalidCodes.map((code): [string, Case] => [
    `a close frame of ${code}`,
    refused(1002, closeFrame(code)),
  ]),
  ['a close frame of one byte', refused(1002, part(0x88, 'x'))],
  [
    'a close frame of 125 bytes',
    {
      sent: [closeFrame(1000, 'r'.repeat(123))],
      answered: [closing(1000, 'r'.repeat(123))],
      end: { code: 1000, reason: 'r'.repeat(123) },
    },
  ],
  ['a close frame whose reason is no UTF-8', refused(1007, closeFrame(1000, bytes('cebae1bd')))],
  [
    'frames behind a close frame',
    {
      sent: [maskedFrame('a'), closeFrame(1000), maskedFrame('b'), part(0x89, ''), closeFrame(4000)],
      heard: ['a'],
      answered: [closing(1000)],
      end: { code: 1000, reason: '' },
    },
  ],
  [
    'a close frame between fragments',
    { sent: [part(0x01, 'a'), closeFrame(1001)], answered: [closing(1001)], end: { code: 1001, reason: '' } },
  ],
];

/** Ways to cut bytes into chunks: not, once at each place, at every byte; long ones at a few places. */
function cutsOf(sent: Buffer): Buffer[][] {
  const places =
    sent.length <= CUT_EVERYWHERE
      ? Array.from({ length: sent.length - 1 }, (_, index) => index + 1)
      : [1, 2, 3, 5, 9, 13, 20, sent.length >> 1, sent.length - 1];
  const atEach = Array.from({ length: Math.ceil(sent.length / stepOf(sent)) }, (_, index) =>
    sent.subarray(index * stepOf(sent), (index + 1) * stepOf(sent)),
  );
  return [[sent], ...places.map((place) => [sent.subarray(0, place), sent.subarray(place)]), atEach];
}

const stepOf = (sent: Buffer): number => (sent.length <= CUT_EVERYWHERE ? 1 : 1_009);

/** With bytes in hex: large ones take long to compare. */
const comparable = (told: Told[]): unknown[] =>
  told.map((each) => (Buffer.isBuffer(each) ? { hex: each.toString('hex') } : each));

/** Says it all, waits until it is answered, and cuts the connection. */
async function meet(
  seat: Seat,
  chunks: Buffer[],
): Promise<{ told: unknown[]; answered: [number, string][] }> {
  for (const chunk of chunks) {
    seat.line.say(chunk);
  }
  await turn();
  await turn();
  await seat.end();
  return { told: comparable(seat.told), answered: shortFramesIn(seat.answered()) };
}

/** Runs the contract over an engine. */
export function framesContract(name: string, createEngine: CreateEngine): void {
  describe(name, () => {
    test.each([...messages, ...fragments, ...control, ...malformed, ...utf8, ...ends])(
      'reads and answers as it should, however it is cut: %s',
      async (_title, { sent, heard = [], answered = [], end = { code: 1006, reason: '' }, options }) => {
        for (const chunks of cutsOf(Buffer.concat(sent))) {
          const seat = await takeSeat(createEngine, options);
          expect(await meet(seat, chunks)).toEqual({ told: comparable([...heard, end]), answered });
        }
      },
    );

    test('reads what came with the upgrade request', async () => {
      const seat = await takeSeat(createEngine, {
        head: Buffer.concat([maskedFrame('a'), maskedFrame('b')]),
      });
      seat.line.say(maskedFrame('c'));
      await turn();
      await seat.end();
      expect(seat.told.slice(0, 3)).toEqual(['a', 'b', 'c']);
    });

    test.each<[string, (seat: Seat) => void]>([
      ['paused', ({ wire }) => wire.pause()],
      ['closed', ({ wire }) => wire.close(4_000, 'bye')],
      ['dropped', ({ wire }) => wire.terminate()],
    ])('hands over the rest of a chunk when its handler has the wire %s', async (_deed, deed) => {
      const seat = await takeSeat(createEngine, {
        act: (_wire, message) => message === 'now' && deed(seat),
      });
      const chunk = ['a', 'now', 'b', 'c'].map((text) => maskedFrame(text));
      seat.line.say(Buffer.concat([...chunk, part(0x01, 'd'), part(0x80, 'e'), maskedFrame('f')]));
      expect(seat.told).toEqual(['a', 'now', 'b', 'c', 'de', 'f']);
      await seat.end();
    });

    test('pause() keeps further chunks until resume()', async () => {
      const seat = await takeSeat(createEngine);
      seat.line.say(maskedFrame('a'));
      seat.wire.pause();
      seat.line.say(maskedFrame('b'));
      seat.line.say(maskedFrame('c'));
      await turn();
      expect(seat.told).toEqual(['a']);
      seat.wire.resume();
      await turn();
      expect(seat.told).toEqual(['a', 'b', 'c']);
      await seat.end();
    });

    test('tells what a paused peer has sent before it was gone', async () => {
      const seat = await takeSeat(createEngine);
      seat.wire.pause();
      seat.line.say(Buffer.concat([maskedFrame('last words'), closeFrame(4_321, 'bye')]));
      await seat.end();
      expect(seat.told).toEqual(['last words', { code: 4_321, reason: 'bye' }]);
    });

    test('goes on with the rest of a chunk when its handler throws', async () => {
      const seat = await takeSeat(createEngine, {
        act: (_wire, message) => {
          if (message === 'throw') throw new Error('planted');
        },
      });
      const thrown = new Promise((resolve) => {
        process.once('uncaughtException', resolve);
      });
      seat.line.say(Buffer.concat(['throw', 'next'].map((text) => maskedFrame(text))));
      seat.line.say(maskedFrame('later'));
      expect(seat.told).toEqual(['throw', 'next', 'later']);
      expect(await thrown).toMatchObject({ message: 'planted' });
      await seat.end();
    });

    test('sends what it holds back before a pong, before a close frame and before the end', async () => {
      const texts = (seat: Seat): string[] => shortFramesIn(seat.answered()).map(([, payload]) => payload);
      const hold = (wire: Seat['wire'], message: string | Buffer): void => {
        wire.cork();
        wire.write(frameOfText(`${message}!`));
      };
      for (const [last, expected] of [
        [part(0x89, 'ping'), ['a!', 'ping']],
        [closeFrame(1000), ['a!', '\x03\xe8']],
        [part(0x83, ''), ['a!', '\x03\xea']],
      ] as const) {
        const seat = await takeSeat(createEngine, { act: hold });
        seat.line.say(Buffer.concat([maskedFrame('a'), last]));
        await turn();
        seat.wire.uncork();
        expect(texts(seat)).toEqual(expected);
        await seat.end();
      }
      const seat = await takeSeat(createEngine, { act: hold });
      seat.line.say(maskedFrame('a'));
      seat.line.sayNoMore();
      await turn();
      seat.wire.uncork();
      expect(texts(seat)).toEqual(['a!']);
      expect(seat.wire.isOpen).toBe(false);
      await seat.end();
    });

    test('isOpen is false from the moment either side ends the connection', async () => {
      const endings: [string, (seat: Seat) => void][] = [
        ['close', ({ wire }) => wire.close(1000, '')],
        ['terminate', ({ wire }) => wire.terminate()],
        ['close frame', ({ line }) => line.say(closeFrame(1000))],
      ];
      for (const [ending, act] of endings) {
        const seat = await takeSeat(createEngine);
        expect(seat.wire.isOpen).toBe(true);
        act(seat);
        expect(seat.wire.isOpen, ending).toBe(false);
        await seat.end();
      }
    });

    test('survives all that is asked of a wire that has ended, by half or wholly', async () => {
      const seat = await takeSeat(createEngine);
      seat.line.isStalled = true;
      seat.wire.write(frameOfText('still on its way'));
      seat.line.sayNoMore();
      await turn();
      expect([seat.wire.isOpen, seat.told]).toEqual([false, []]);
      for (let time = 0; time < 2; time += 1) {
        seat.wire.pause();
        seat.wire.resume();
        seat.wire.close(1000, '');
        seat.wire.cork();
        seat.wire.uncork();
        seat.wire.terminate();
        await seat.end();
      }
      expect(seat.told).toEqual([{ code: 1006, reason: '' }]);
    });

    test('tells the end of a connection that fails once, with 1006', async () => {
      const seat = await takeSeat(createEngine);
      seat.line.destroy(new Error('reset'));
      await seat.end();
      await turn();
      expect(seat.told).toEqual([{ code: 1006, reason: '' }]);
    });

    test('counts what is held back among what waits, and onceDrained() calls back when it has left', async () => {
      const seat = await takeSeat(createEngine);
      seat.line.isStalled = true;
      seat.wire.cork();
      seat.wire.write(frameOfText('1'.repeat(10)));
      seat.wire.write(frameOfText('2'.repeat(5_000)));
      expect(seat.wire.waiting).toBe(12 + 5_004);
      seat.wire.uncork();
      expect(seat.wire.waiting).toBe(12 + 5_004);
      let isDrained = false;
      seat.wire.onceDrained(() => {
        isDrained = true;
      });
      await turn();
      expect(isDrained).toBe(false);
      seat.line.drain();
      await turn();
      expect([isDrained, seat.wire.waiting]).toEqual([true, 0]);
      await seat.end();
    });
  });
}
