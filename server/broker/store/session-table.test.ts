import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SessionTable } from './session-table.ts';

function begin() {
  const clock = { now: 0 };
  const events: string[] = [];
  const table = new SessionTable<string>(1_000, () => clock.now, {
    known: (session) => events.push(`known ${session}`),
    ended: (session) => events.push(`ended ${session}`),
  });
  const at = (now: number): string[] => {
    clock.now = now;
    table.sweep();
    return events.splice(0);
  };
  return { table, at };
}

test('SessionTable ends a session its time after the last of its holders has gone', () => {
  const { table, at } = begin();
  table.hold('s', 'one');
  table.hold('s', 'two');
  expect(at(500)).toEqual(['known s']);
  table.release('s', 'one');
  expect(at(5_000)).toEqual([]);
  table.release('s', 'two');
  expect(at(5_999)).toEqual([]);
  expect(at(6_000)).toEqual(['ended s']);
  expect(table.size).toBe(0);
});

test('SessionTable lets a session live on that is held again in time', () => {
  const { table, at } = begin();
  table.hold('s', 'one');
  table.release('s', 'one');
  at(900);
  table.hold('s', 'two');
  expect(at(5_000)).toEqual([]);
  table.release('s', 'two');
  expect(at(6_000)).toEqual(['ended s']);
});

test('SessionTable takes a joiner for a holder of sessions it knows, and of no others', () => {
  const { table, at } = begin();
  table.join('unknown', 'two');
  table.hold('s', 'one');
  table.join('s', 'two');
  table.release('s', 'one');
  expect(at(5_000)).toEqual(['known s']);
  expect(table.size).toBe(1);
});

test('SessionTable takes a dropped holder off all its sessions', () => {
  const { table, at } = begin();
  table.hold('a', 'one');
  table.hold('b', 'one');
  table.hold('b', 'two');
  at(0);
  table.drop('one');
  table.drop('one');
  expect(at(1_000)).toEqual(['ended a']);
});

test('SessionTable gives a visited session its time anew, unless somebody holds it', () => {
  const { table, at } = begin();
  table.visit('s');
  at(600);
  table.visit('s');
  expect(at(1_500)).toEqual([]);
  table.hold('s', 'one');
  table.visit('s');
  expect(at(9_000)).toEqual([]);
});

test('SessionTable ends what is due although something later was released before', () => {
  const { table, at } = begin();
  table.visit('a');
  table.visit('b');
  at(500);
  table.visit('a');
  expect(at(1_000)).toEqual(['ended b']);
  expect(at(1_500)).toEqual(['ended a']);
});

const session = fc.constantFrom('a', 'b', '__proto__');
const holder = fc.constantFrom('one', 'two');
const step = fc.record({
  change: fc.constantFrom(
    'hold' as const,
    'join' as const,
    'release' as const,
    'visit' as const,
    'drop' as const,
  ),
  session,
  holder,
  pauseMs: fc.nat(700),
});

test('SessionTable agrees with a model that looks at every session at every moment', () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { table, at } = begin();
      const model = new Map<string, { holders: Set<string>; since: number }>();
      let now = 0;
      for (const { change, session, holder, pauseMs } of steps) {
        const known = model.get(session);
        if ((change === 'hold' || change === 'visit') && !known) {
          model.set(session, { holders: new Set(), since: now });
        }
        if (change === 'hold' || change === 'join') model.get(session)?.holders.add(holder);
        if (change === 'visit') model.get(session)!.since = now;
        for (const [name, entry] of model) {
          const isGone = change === 'drop' || (change === 'release' && name === session);
          if (isGone && entry.holders.delete(holder)) entry.since = now;
        }
        if (change === 'drop') table.drop(holder);
        else table[change](session, holder);
        now += pauseMs;
        const ended = [...model].filter(
          ([, { holders, since }]) => holders.size === 0 && since + 1_000 <= now,
        );
        for (const [name] of ended) model.delete(name);
        const events = at(now).filter((event) => event.startsWith('ended'));
        expect(new Set(events)).toEqual(new Set(ended.map(([name]) => `ended ${name}`)));
        expect(table.size).toBe(model.size);
      }
    }),
  );
});
