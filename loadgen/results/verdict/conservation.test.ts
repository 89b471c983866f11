import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Totals, Window } from '../record/index.ts';
import { checkConservation } from './conservation.ts';

type Told = Parameters<typeof checkConservation>[0];

/** What happened to a process in one second. */
const second = fc.record({
  connected: fc.nat(5),
  failed: fc.nat(5),
  droppedShare: fc.double({ min: 0, max: 1, noNaN: true }),
  answered: fc.nat(50),
  timedOut: fc.nat(5),
  lost: fc.nat(5),
  sentAhead: fc.nat(5),
  pushed: fc.nat(9),
  pushLost: fc.nat(2),
  published: fc.nat(4),
  leftShare: fc.double({ min: 0, max: 1, noNaN: true }),
  retried: fc.nat(2),
  unsent: fc.nat(3),
});

/** Books that balance, kept the way a load process keeps them. */
const books = fc
  .array(fc.array(second, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 })
  .map((processes): Told => {
    const windows: Window[] = [];
    const totals = processes.map((seconds, process) => {
      const sum: Totals = {
        sent: 0,
        answered: 0,
        timedOut: 0,
        lost: 0,
        inFlight: 0,
        duplicated: 0,
        reordered: 0,
        published: 0,
        pushed: 0,
        unsent: 0,
        connected: 0,
        failed: 0,
        dropped: 0,
        left: 0,
        pushLost: 0,
        pushDuplicated: 0,
        pushReordered: 0,
        pushUnasked: 0,
        subscribed: 0,
      };
      let started = 0;
      let away = 0;
      for (const [
        at,
        {
          connected,
          failed,
          droppedShare,
          leftShare,
          retried,
          answered,
          timedOut,
          lost,
          sentAhead,
          pushed,
          pushLost,
          published,
          unsent,
        },
      ] of seconds.entries()) {
        const before = sum.connected - sum.dropped - (sum.left ?? 0) + connected;
        const dropped = Math.floor(before * droppedShare);
        const left = Math.floor((before - dropped) * leftShare);
        // Some of those who connect now are back: they began once, long ago.
        const returned = Math.min(connected, retried, away);
        started += connected - returned + failed;
        away += dropped + left - returned;
        const sent = answered + timedOut + lost + sentAhead;
        sum.connected += connected;
        sum.failed += failed;
        sum.dropped += dropped;
        sum.sent += sent;
        sum.answered += answered;
        sum.timedOut += timedOut;
        sum.lost += lost;
        sum.inFlight += sentAhead;
        sum.pushed += pushed;
        sum.unsent += unsent;
        sum.left = (sum.left ?? 0) + left;
        sum.pushLost = (sum.pushLost ?? 0) + pushLost;
        sum.published += published;
        const open = before - dropped - left;
        windows.push({
          type: 'window',
          process,
          second: at,
          users: {
            started,
            open,
            failed: { refused: failed },
            dropped: { reset: dropped },
            left,
            returned,
          },
          unsent,
          published,
          workers: [
            {
              worker: '0',
              open,
              sent,
              answered,
              timedOut,
              lost,
              duplicated: 0,
              reordered: 0,
              pushed,
              pushLost,
            },
          ],
          load: { pid: 1, cpuMicros: 0, rssBytes: 0, loopUtilisation: 0, gcMs: 0 },
        });
      }
      return sum;
    });
    return { windows, totals };
  });

test('checkConservation() finds nothing in books that balance', () => {
  fc.assert(
    fc.property(books, (balanced) => {
      expect(checkConservation(balanced)).toEqual([]);
    }),
  );
});

test('checkConservation() finds every single entry that is off by one', () => {
  const entry = fc.constantFrom(
    'sent',
    'answered',
    'timedOut',
    'lost',
    'inFlight',
    'duplicated',
    'reordered',
    'pushed',
    'unsent',
    'connected',
    'failed',
    'dropped',
    'left',
    'published',
    'pushLost',
    'pushDuplicated',
    'pushReordered',
    'pushUnasked',
    'subscribed',
  );
  fc.assert(
    fc.property(books, entry, fc.nat(2), ({ windows, totals }, name, drawn) => {
      const wrong = drawn % totals.length;
      const changed = totals.map((own, process) =>
        process === wrong && own ? { ...own, [name]: (own[name as keyof Totals] ?? 0) + 1 } : own,
      );
      const found = checkConservation({ windows, totals: changed });
      expect(found.length).toBeGreaterThan(0);
      expect(found.every((sentence) => sentence.startsWith(`Load process ${wrong} `))).toBe(true);
    }),
  );
});

test('checkConservation() notices a window that is missing', () => {
  fc.assert(
    fc.property(books, fc.nat(), ({ windows, totals }, drawn) => {
      const missing = windows[drawn % windows.length]!;
      const counted = [
        missing.unsent,
        missing.published ?? 0,
        ...missing.workers.map(({ sent, pushed }) => sent + pushed),
      ];
      fc.pre(counted.some((count) => count > 0));
      expect(
        checkConservation({ windows: windows.filter((window) => window !== missing), totals }),
      ).not.toEqual([]);
    }),
  );
});

test('checkConservation() says in sentences what does not add up', () => {
  const totals: Totals = {
    sent: 10,
    answered: 7,
    timedOut: 1,
    lost: 0,
    inFlight: 1,
    duplicated: 0,
    reordered: 0,
    published: 0,
    pushed: 0,
    unsent: 0,
    connected: 0,
    failed: 0,
    dropped: 0,
  };
  expect(checkConservation({ windows: [], totals: [null, totals] })).toEqual([
    'Load process 1 sent 10 messages but accounts for 9: 7 answered, 1 timed out, 0 lost and 1 in flight',
    'Load process 1 counted 10 as sent in all but 0 in its windows',
    'Load process 1 counted 7 as answered in all but 0 in its windows',
    'Load process 1 counted 1 as timedOut in all but 0 in its windows',
  ]);
});

test('checkConservation() leaves out a load process that was lost', () => {
  expect(checkConservation({ windows: [], totals: [null] })).toEqual([]);
});

test('checkConservation() asks a record of version 1 only for what it counted', () => {
  const version1 = {
    sent: 0,
    answered: 0,
    timedOut: 0,
    lost: 0,
    inFlight: 0,
    duplicated: 0,
    reordered: 0,
    published: 7,
    pushed: 0,
    unsent: 0,
    connected: 0,
    failed: 0,
    dropped: 0,
  };
  expect(checkConservation({ windows: [], totals: [version1] })).toEqual([]);
  expect(checkConservation({ windows: [], totals: [{ ...version1, left: 0 }] })).toEqual([
    'Load process 0 counted 7 as published in all but 0 in its windows',
  ]);
});

test('checkConservation() lets users fail and connect again and again, but not more be open than ever began', () => {
  const none = { sent: 0, answered: 0, timedOut: 0, lost: 0, inFlight: 0, duplicated: 0, reordered: 0 };
  const totals = {
    ...none,
    published: 0,
    pushed: 0,
    unsent: 0,
    connected: 5,
    failed: 7,
    dropped: 2,
    left: 1,
  };
  const told = (started: number) => {
    const users = { started, open: 2, failed: { refused: 7 }, dropped: { reset: 2 }, left: 1, returned: 0 };
    const load = { pid: 1, cpuMicros: 0, rssBytes: 0, loopUtilisation: 0, gcMs: 0 };
    return { type: 'window' as const, process: 0, second: 0, users, unsent: 0, workers: [], load };
  };
  expect(checkConservation({ windows: [told(3)], totals: [totals] })).toEqual([]);
  expect(checkConservation({ windows: [told(1)], totals: [totals] })).toEqual([
    'Load process 0 started 1 users, of which 5 connected and 7 failed',
  ]);
  expect(checkConservation({ windows: [told(13)], totals: [totals] })).toEqual([
    'Load process 0 started 13 users, of which 5 connected and 7 failed',
  ]);
});
