import { expect, test } from 'vitest';
import { createCounters } from '../../../observe/index.ts';
import { withPublication } from '../testing.ts';
import { crossingNames } from './counters.ts';
import { readEnvelope } from './envelope.ts';
import { Outlet } from './outlet.ts';

/** An outlet over a way that a test can block. */
function begin(maxPayload = 1_000_000) {
  const sent: string[] = [];
  const way = {
    isUp: true,
    isFull: false,
    maxPayload,
    publish(subject: string, bytes: Uint8Array) {
      if (way.isFull) return false;
      expect(bytes.length).toBeLessThanOrEqual(maxPayload);
      const numbers: number[] = [];
      readEnvelope(Buffer.from(bytes), { open: () => true, take: (_frame, number) => numbers.push(number) });
      sent.push(`${subject} ${numbers}`);
      return true;
    },
  };
  const counters = createCounters(...crossingNames);
  let begun = 0;
  const share = {
    way,
    sender: 'aaaaaaaaaaaabbbbbbbbbbbb',
    counters,
    begun: () => {
      begun += 1;
    },
  };
  const outlet = new Outlet('news', 3, share);
  const add = (payload = 'x') => withPublication('news', payload, (publication) => outlet.add(publication));
  return { outlet, add, way, counters, sent, begun: () => begun };
}

test('Outlet sends what came in a turn as one message and numbers on', () => {
  const { outlet, add, sent, counters, begun } = begin();
  outlet.send();
  add();
  add();
  outlet.send();
  outlet.send();
  add();
  outlet.send();
  expect(sent).toEqual(['news 1,2', 'news 3']);
  expect([begun(), counters.crossedOut]).toEqual([2, 3]);
});

test('Outlet counts what it cannot hand over, and leaves its numbers out', () => {
  const { outlet, add, sent, way, counters } = begin();
  add();
  way.isUp = false;
  add();
  add();
  way.isUp = true;
  add();
  outlet.send();
  way.isFull = true;
  add();
  outlet.send();
  way.isFull = false;
  add();
  outlet.send();
  expect(sent).toEqual(['news 1', 'news 4', 'news 6']);
  expect(counters).toMatchObject({ crossedOut: 3, crossingsLost: 3 });
});

test('Outlet sends before a message grows larger than NATS takes, and lets larger publications go', () => {
  const { outlet, add, sent, counters } = begin(300);
  for (let count = 0; count < 6; count += 1) add('x'.repeat(100));
  add('x'.repeat(300));
  add();
  outlet.send();
  expect(sent).toEqual(['news 1,2', 'news 3,4', 'news 5,6', 'news 8']);
  expect(counters).toMatchObject({ crossedOut: 7, crossingsTooLarge: 1 });
});
