import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textsOf } from '../wire/index.ts';
import { Template } from './template.ts';

const number = fc.oneof(fc.nat(12), fc.nat(), fc.constantFrom(0, 9, 10, 99, 100, 1_700_000_000_000));

test('Template fills its blanks as often as they stand there, whatever their digits', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('ü€😀', '{{', '}}', '{{other}}', '{{id}}', '{{user}}', '{{time}}'),
  );
  fc.assert(
    fc.property(
      fc.array(piece),
      fc.array(fc.tuple(number, number, number), { minLength: 1 }),
      (pieces, values) => {
        const message = pieces.join('');
        const template = new Template(message);
        for (const [id, user, time] of values) {
          const wanted = message.replaceAll(/\{\{(id|user|time)\}\}/g, (_, name) =>
            String({ id, user, time }[name as 'id']),
          );
          expect(textsOf(template.encode({ id, user, time }))).toEqual([wanted]);
        }
      },
    ),
  );
});

test('Template knows whether every message is the same', () => {
  expect(new Template('hello {{there}}').isFixed).toBe(true);
  expect(new Template('hello {{id}}').isFixed).toBe(false);
});
