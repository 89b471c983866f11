import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Subjects } from './subjects.ts';

/** What NATS takes for a subject without wildcards. */
const LEGAL = /^[\w-]+(?:\.[\w-]+)*$/;

const subjects = new Subjects('shop');

test('channel() gives each name a legal subject of its own, below the cluster', () => {
  const names = fc.string({ unit: 'grapheme', maxLength: 300 });
  fc.assert(
    fc.property(names, names, (one, other) => {
      const subject = subjects.channel(one);
      expect(subject).toMatch(LEGAL);
      expect(subject.startsWith('sc.shop.channel.')).toBe(true);
      expect(subject.length).toBeLessThan(256);
      expect(subject === subjects.channel(other)).toBe(one === other);
    }),
  );
});

test.each(['', '.', '*', '>', 'a b', '__proto__', 'a'.repeat(16_384), 'täglich 🗞️'])(
  'channel() takes %j like any other name',
  (name) => {
    expect(subjects.channel(name)).toMatch(LEGAL);
    expect(subjects.channel(name)).not.toBe(subjects.channel(`${name}.`));
    expect(subjects.channel(name)).not.toBe(new Subjects('other').channel(name));
  },
);

test('Subjects are of one cluster, and none is that of a channel', () => {
  const all = [subjects.all, subjects.told, subjects.one('ff'), subjects.channel('all')];
  expect(new Set(all).size).toBe(4);
  expect(all.every((subject) => subject.startsWith('sc.shop.'))).toBe(true);
});
