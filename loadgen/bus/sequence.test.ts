import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Incoming, MOST_CHARACTERS, Outgoing, type Piece, RESEND_AFTER_MS } from './sequence.ts';

test('Outgoing and Incoming bring each message once and in order over a bus that drops, doubles and reorders', () => {
  const fates = fc.array(fc.constantFrom('drop', 'once', 'twice', 'late'), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 40 }), fates, (messages, chances) => {
      const [outgoing, incoming] = [new Outgoing(), new Incoming()];
      const heard: string[] = [];
      let late: Piece[] = [];
      let turn = 0;
      const hear = (piece: Piece): void => {
        const whole = incoming.take(piece);
        if (whole !== undefined) heard.push(whole);
      };
      const say = (pieces: readonly Piece[]): void => {
        for (const piece of pieces) {
          // After some turns the bus is as it should be.
          const fate = turn > 400 ? 'once' : chances[turn % chances.length];
          turn += 1;
          if (fate === 'late') late.push(piece);
          if (fate === 'once' || fate === 'twice') hear(piece);
          if (fate === 'twice') hear(piece);
        }
      };
      let now = 0;
      for (const message of messages) say(outgoing.take(message, now));
      while (!outgoing.isDone) {
        now += RESEND_AFTER_MS;
        for (const piece of late.splice(0).toReversed()) hear(piece);
        outgoing.forget(incoming.wanted, now);
        say(outgoing.again(now));
        outgoing.forget(incoming.wanted, now);
        late = late.slice(-5);
      }
      expect(heard).toEqual(messages);
    }),
  );
});

test('Outgoing cuts what is too long for the bus, and Incoming puts it together', () => {
  const [outgoing, incoming] = [new Outgoing(), new Incoming()];
  const text = 'ä'.repeat(MOST_CHARACTERS * 2 + 1);
  const pieces = outgoing.take(text, 0);
  expect(pieces).toHaveLength(3);
  expect(pieces.map((piece) => incoming.take(piece)).filter((whole) => whole !== undefined)).toEqual([text]);
});

test('Outgoing says again only what is overdue, and nothing that has come', () => {
  const outgoing = new Outgoing();
  outgoing.take('one', 0);
  outgoing.take('two', 100);
  expect(outgoing.overdue(RESEND_AFTER_MS - 1)).toEqual([]);
  expect(outgoing.overdue(RESEND_AFTER_MS).map(({ n }) => n)).toEqual([0, 1]);
  expect(outgoing.overdue(RESEND_AFTER_MS + 1)).toEqual([]);
  outgoing.forget(1, RESEND_AFTER_MS + 2);
  expect(outgoing.isDone).toBe(false);
  expect(outgoing.again(RESEND_AFTER_MS + 3).map(({ n }) => n)).toEqual([1]);
  outgoing.forget(2, RESEND_AFTER_MS + 4);
  expect(outgoing.isDone).toBe(true);
  expect(outgoing.overdue(RESEND_AFTER_MS * 9)).toEqual([]);
});
