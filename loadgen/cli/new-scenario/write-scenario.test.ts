import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resolvePlan } from '../../plan/resolve/index.ts';
import { scenarioTemplates, writeScenario } from './write-scenario.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'new-scenario-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(scenarioTemplates)(
  'writeScenario() writes a plan of kind %s whose files are all there',
  async (template) => {
    const files = await writeScenario(folder, 'my_1st', template);
    expect(files[0]).toBe('my_1st.mjs');
    expect(readdirSync(folder).sort()).toEqual(files.toSorted());
    const module = await import(pathToFileURL(join(folder, 'my_1st.mjs')).href);
    const { plan, target } = resolvePlan(module.scenario);
    expect(plan.scenario).toBe('my_1st');
    const kinds = plan.groups.map(({ behaviour }) => behaviour.kind);
    expect(kinds).toContain(template === 'chat' ? 'channels' : template);
    const named = plan.groups.flatMap(({ behaviour }) => ('file' in behaviour ? [behaviour.file] : []));
    for (const file of [target.controller, ...named]) expect(files).toContain(file.replace('./', ''));
    for (const file of files) expect(readFileSync(join(folder, file), 'utf8')).not.toContain('NAME');
  },
);

test('writeScenario() writes over nothing', async () => {
  writeFileSync(join(folder, 'mine-controller.mjs'), 'mine');
  await expect(writeScenario(folder, 'mine', 'calls')).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringContaining('it is there already'),
  });
  expect(readFileSync(join(folder, 'mine-controller.mjs'), 'utf8')).toBe('mine');
  expect(readdirSync(folder)).toEqual(['mine-controller.mjs']);
});

test.each(['', '../up', 'two words', "it's", '-u'])('writeScenario() refuses the name "%s"', async (name) => {
  await expect(writeScenario(folder, name, 'calls')).rejects.toThrow(`Cannot write scenario "${name}"`);
  expect(readdirSync(folder)).toEqual([]);
});
