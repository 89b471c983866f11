import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { groupOf } from '../../plan/testing.ts';
import { checkOwnBehaviours } from './check.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => rmSync(folder, { recursive: true }));

function groupWith(name: string, text: string) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return groupOf({ behaviour: { kind: 'custom', file, options: null } });
}

test('checkOwnBehaviours() takes files that can be loaded, and nothing they start outlives it', async () => {
  const busy = 'setInterval(() => console.log("here"), 1); globalThis.wasLoaded = true;';
  const good = groupWith('good.mjs', `${busy} export async function behaviour() {}`);
  await checkOwnBehaviours([groupOf(), good, good]);
  expect(globalThis).not.toHaveProperty('wasLoaded');
});

test.each([
  ['is no module', 'export function behaviour(', 'Unexpected end of input'],
  ['exports something else', 'export const behavior = 1', 'it exports "behavior"'],
  ['ends the process', 'process.exit(7)', 'it ended with code 7 while it was loaded'],
  ['waits for what never comes', 'await new Promise(() => {})', 'it ended with code 13 while it was loaded'],
  ['never ends', 'for (;;);', 'it is not loaded after 500 ms'],
])('checkOwnBehaviours() refuses a file that %s', async (_what, text, why) => {
  const bad = groupWith('bad.mjs', text);
  await expect(
    checkOwnBehaviours([bad], { withinMs: why.endsWith('ms') ? 500 : 20_000 }),
  ).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: `Cannot load behaviour file "${join(folder, 'bad.mjs')}": ${why}, wanted is a module that exports a function named "behaviour"`,
  });
});
