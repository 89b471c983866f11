import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChannelTable } from './channel-table.ts';

const names = fc.constantFrom('__proto__', 'constructor', '', 'a', 'b');
const subscribers = fc.constantFrom('w0', 'w1', 'w2');
const steps = fc.array(
  fc.record({
    step: fc.constantFrom('subscribe', 'unsubscribe', 'drop'),
    channel: names,
    subscriber: subscribers,
  }),
);

test('ChannelTable agrees with a plain list of pairs after any steps', () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const table = new ChannelTable<string>();
      let pairs: [string, string][] = [];
      for (const { step, channel, subscriber } of taken) {
        if (step === 'drop') {
          const dropped = table.drop(subscriber);
          const before = new Set(pairs.map(([c]) => c));
          pairs = pairs.filter(([, other]) => other !== subscriber);
          const left = pairs.map(([c]) => c);
          expect(dropped.toSorted()).toEqual([...before].filter((c) => !left.includes(c)).toSorted());
          continue;
        }
        const had = pairs.some(([c]) => c === channel);
        const isLast = table[step as 'subscribe' | 'unsubscribe'](channel, subscriber);
        const isNew = !pairs.some(([c, s]) => c === channel && s === subscriber);
        if (step === 'subscribe' && isNew) pairs.push([channel, subscriber]);
        if (step === 'unsubscribe') {
          pairs = pairs.filter(([c, s]) => c !== channel || s !== subscriber);
          expect(isLast).toBe(had && !pairs.some(([c]) => c === channel));
        }
      }
      for (const channel of ['__proto__', 'constructor', '', 'a', 'b']) {
        const expected = pairs.filter(([c]) => c === channel).map(([, subscriber]) => subscriber);
        expect([...(table.subscribersOf(channel) ?? [])]).toEqual(expected);
        expect(table.subscribersOf(channel) === undefined).toBe(expected.length === 0);
      }
    }),
  );
});
