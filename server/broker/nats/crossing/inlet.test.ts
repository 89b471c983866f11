import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCounters } from '../../../observe/index.ts';
import { FrameError, FrameWriter } from '../../link/index.ts';
import { withPublication } from '../testing.ts';
import { crossingNames } from './counters.ts';
import { writeHeader } from './envelope.ts';
import { Inlet } from './inlet.ts';

const HOST = 'aaaaaaaaaaaa';
const FAR = 'bbbbbbbbbbbb000000000001';
const FARTHER = 'cccccccccccc000000000001';

function begin() {
  const counters = createCounters(...crossingNames);
  const taken: string[] = [];
  const inlet = new Inlet(HOST, counters, ({ channel, payload }) => {
    if (channel === 'wrong') throw new FrameError('of another channel');
    taken.push(payload.toString());
  });
  const send = (sender: string, first: number, payloads: readonly string[], epoch = 1, channel = 'news') => {
    const writer = new FrameWriter();
    writeHeader(writer, { sender, epoch, first });
    for (const payload of payloads) {
      withPublication(channel, payload, (publication) => writer.forward(publication));
    }
    inlet.take(writer.take());
  };
  return { counters, inlet, send, taken };
}

test('Inlet drops what any broker of its own host has sent', () => {
  const { counters, send, taken } = begin();
  send(`${HOST}000000000001`, 1, ['own']);
  send(`${HOST}000000000002`, 1, ['of a neighbour']);
  send(FAR, 1, ['far']);
  expect(taken).toEqual(['far']);
  expect(counters).toMatchObject({ crossingsEchoed: 2, crossedIn: 1 });
});

test('Inlet counts what it has missed of each sender, from the first that it hears on', () => {
  const { counters, send, taken } = begin();
  send(FAR, 100, ['a', 'b']);
  send(FARTHER, 1, ['x']);
  send(FAR, 105, ['c']);
  send(FARTHER, 2, ['y']);
  send(FAR, 106, ['d'], 2);
  expect(taken).toEqual(['a', 'b', 'x', 'c', 'y', 'd']);
  expect(counters).toMatchObject({ crossedIn: 6, crossingsMissed: 3, crossingsLate: 0 });
});

test('Inlet gives each publication once and in order, however messages are repeated and mixed up', () => {
  const batches = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(batches, fc.infiniteStream(fc.nat(20)), (sizes, choices) => {
      const { counters, send, taken } = begin();
      let next = 1;
      const sent = sizes.map((size) => {
        const first = next;
        next += size;
        return { first, payloads: Array.from({ length: size }, (_, index) => String(first + index)) };
      });
      send(FAR, 0, ['0']);
      for (const _ of sizes.concat(sizes)) {
        const { first, payloads } = sent[choices.next().value! % sent.length]!;
        send(FAR, first, payloads);
      }
      const numbers = taken.map(Number);
      expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other));
      expect(counters.crossedIn + counters.crossingsMissed).toBe(numbers.at(-1)! + 1);
    }),
  );
});

test('Inlet drops all that is of an older epoch', () => {
  const { counters, send, taken } = begin();
  send(FAR, 1, ['a'], 2);
  send(FAR, 500, ['old', 'older'], 1);
  send(FAR, 2, ['b'], 2);
  expect(taken).toEqual(['a', 'b']);
  expect(counters).toMatchObject({ crossingsLate: 2, crossingsMissed: 0 });
});

test('Inlet refuses what is none of this cluster and goes on', () => {
  const { counters, inlet, send, taken } = begin();
  inlet.take(Buffer.from('garbage'));
  send(FAR, 1, ['x'], 1, 'wrong');
  send(FAR, 2, ['b']);
  expect(taken).toEqual(['b']);
  expect(counters.crossingsRefused).toBe(2);
});

test('Inlet forgets senders of long ago', () => {
  const { counters, send } = begin();
  const senderOf = (index: number) => `dddddddddddd${String(index).padStart(12, '0')}`;
  for (let index = 0; index < 300; index += 1) send(senderOf(index), 1, ['x']);
  send(senderOf(0), 9, ['x']);
  expect(counters.crossingsMissed).toBe(0);
  send(senderOf(299), 9, ['x']);
  expect(counters.crossingsMissed).toBe(7);
});
