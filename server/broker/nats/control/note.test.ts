import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inNotes, type Note, readNote, writeNote } from './note.ts';

const FROM = 'aaaaaaaaaaaabbbbbbbbbbbb';
const REVOKED = { subject: 'a', issuedUntil: 1, until: 2 };

const notes: Note[] = [
  { kind: 'hello', from: FROM },
  { kind: 'bye', from: FROM },
  { kind: 'recall', from: FROM },
  { kind: 'revoke', from: FROM, revocations: [REVOKED] },
  { kind: 'revoke', from: FROM, revocations: [], call: 3 },
  { kind: 'taken', from: FROM, call: 3 },
  { kind: 'recalled', from: FROM, revocations: [REVOKED] },
];

test.each(notes)('readNote() gives back $kind', (note) => {
  expect(readNote(Buffer.from(writeNote(note)))).toEqual(note);
});

test.each([
  ['no JSON', 'x'],
  ['no object', 'null'],
  ['no sender', '{"kind":"hello"}'],
  ['a sender that is no id', '{"kind":"hello","from":"sc.*"}'],
  ['an unknown kind', `{"kind":"exec","from":"${FROM}"}`],
  ['no revocations', `{"kind":"revoke","from":"${FROM}"}`],
  ['revocations of another form', `{"kind":"recalled","from":"${FROM}","revocations":[1]}`],
  ['a call that is no number', `{"kind":"taken","from":"${FROM}","call":"1"}`],
])('readNote() refuses %s', (_what, text) => {
  expect(() => readNote(Buffer.from(text))).toThrow();
});

test('inNotes() leaves nothing out and makes one part at least', () => {
  fc.assert(
    fc.property(fc.nat(450), (count) => {
      const all = Array.from({ length: count }, (_, index) => ({ ...REVOKED, subject: String(index) }));
      const parts = inNotes(all);
      expect(parts.flat()).toEqual(all);
      expect(parts.length).toBe(Math.max(1, Math.ceil(count / 100)));
    }),
  );
});
