import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { groupOf } from '../../plan/testing.ts';
import { loadOwnBehaviours } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'behaviour-'));
afterAll(() => rmSync(folder, { recursive: true }));

function groupWith(text: string | undefined, name: string) {
  const file = join(folder, name);
  if (text !== undefined) writeFileSync(file, text);
  return groupOf({ behaviour: { kind: 'custom', file, options: { a: 1 } } });
}

test('loadOwnBehaviours() finds the function of each group that has one', async () => {
  const group = groupWith('export async function behaviour(user) { return user; }', 'good.mjs');
  const behaviours = await loadOwnBehaviours([groupOf(), group]);
  expect([...behaviours.keys()]).toEqual([1]);
  expect(behaviours.get(1)).toEqual({ behaviour: expect.any(Function), options: { a: 1 } });
});

test.each([
  ['that is not there', undefined, 'absent.mjs', /^Cannot load behaviour file ".*absent\.mjs": /],
  ['that throws', 'throw new Error("first\\nsecond")', 'throws.mjs', /^Cannot load .*": first$/],
  ['without the function', 'export const other = 1', 'other.mjs', /exports no function named behaviour$/],
])('loadOwnBehaviours() says what is wrong with a file %s', async (_what, text, name, message) => {
  await expect(loadOwnBehaviours([groupWith(text, name)])).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringMatching(message),
  });
});
