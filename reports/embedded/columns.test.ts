import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unpack } from '../browser/index.ts';
import { pack } from './columns.ts';

const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.string());
const row = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value')),
})).object;

test('unpack() gives back the rows that pack() was given, whatever was missing in them', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
      const plain: unknown = JSON.parse(JSON.stringify(rows));
      expect(unpack(JSON.parse(JSON.stringify(pack(rows))))).toEqual(plain);
    }),
  );
});

test('pack() writes a name and a value that never changes once', () => {
  const rows = Array.from({ length: 1_000 }, (_, second) => ({ second, phaseName: 'steady' }));
  expect(JSON.stringify(pack(rows)).match(/phaseName|steady/g)).toHaveLength(2);
});
