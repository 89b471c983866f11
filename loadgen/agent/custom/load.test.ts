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
  const { file } = group.behaviour as { file: string };
  expect(behaviours.get(1)).toEqual({
    name: 'all',
    file,
    behaviour: expect.any(Function),
    options: { a: 1 },
  });
});

test.each([
  ['that is not there', undefined, 'absent.mjs', 'there is no such file'],
  ['that throws', 'throw new Error("first\\nsecond")', 'throws.mjs', 'first'],
  ['without the function', 'export const other = 1, more = 2', 'other.mjs', 'it exports "more", "other"'],
  ['with another thing of that name', 'export const behaviour = 1', 'one.mjs', 'it exports "behaviour"'],
  ['with nothing in it', '', 'empty.mjs', 'it exports nothing'],
])(
  'loadOwnBehaviours() says what is wrong with a file %s, and what is wanted',
  async (_, text, name, why) => {
    const wanted = 'wanted is a module that exports a function named "behaviour"';
    await expect(loadOwnBehaviours([groupWith(text, name)])).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: `Cannot load behaviour file "${join(folder, name)}": ${why}, ${wanted}`,
    });
  },
);
