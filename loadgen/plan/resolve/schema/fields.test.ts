import { expect, test } from 'vitest';
import { fieldsAt } from './fields.ts';
import { scenarioSchema } from './scenario.ts';

test.each([
  [[], 'behaviour'],
  [['target'], 'controller'],
  [['groups', 3, 'behaviour'], 'payload'],
  [['behaviour'], 'popularity'],
  [['phases', 0, 'rules', 1], 'grace'],
  [['connect', 'tokens'], 'distinct'],
])('fieldsAt() finds at %o the field %s', (path, field) => {
  expect(fieldsAt(scenarioSchema, path)).toContain(field);
});

test('fieldsAt() knows none inside what has none', () => {
  for (const path of [['users'], ['nope', 'deeper'], ['target', 'options']]) {
    expect(fieldsAt(scenarioSchema, path)).toEqual([]);
  }
});
