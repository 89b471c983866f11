import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { formatClock } from '../../reports/index.ts';
import { entry } from '../../server/process/index.ts';
import { evaluateRules } from '../plan/index.ts';
import { lengthOf, resolvePlan } from '../plan/resolve/index.ts';
import { loadScenario, scenarioNames } from './scenarios.ts';
import { faultlessSummary } from './testing.ts';

/** Vitest would compile what it is told to import. */
const LOADING = `
  const { loadScenario } = await import('${pathToFileURL(entry('loadgen/coordinator/scenarios.js')).href}');
  const [, file] = process.argv;
  console.log(await loadScenario(file).then(({ scenario }) => scenario.name, ({ message }) => message));`;

const folder = mkdtempSync(join(tmpdir(), 'scenarios-test-'));

afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test('scenarioNames() names the scenarios of the house in order, not their controllers', () => {
  expect(scenarioNames()).toEqual(expect.arrayContaining(['42k-users', 'channels', 'ping-pong']));
  expect(scenarioNames()).toEqual(scenarioNames().toSorted());
  expect(scenarioNames()).not.toContain('controllers');
});

test('loadScenario() finds every scenario of the house under its own name, ready to run', async () => {
  for (const name of scenarioNames()) {
    const { scenario, folder } = await loadScenario(name);
    expect(scenario.name).toBe(name);
    const { question, target } = resolvePlan(scenario);
    expect(question).toMatch(/\?$/);
    expect(existsSync(join(folder, target.controller))).toBe(true);
  }
});

test('loadScenario() finds rules that a faultless run keeps at any size', { timeout: 60_000 }, async () => {
  for (const name of scenarioNames()) {
    const { scenario } = await loadScenario(name);
    for (const part of [10, 40]) {
      const resolved = resolvePlan(scenario, { users: Math.ceil(scenario.users / part) });
      const broken = evaluateRules(resolved.rules, faultlessSummary(resolved)).filter(({ ok }) => !ok);
      // What was never taken, as times and memory, and what only happens to real users: that they are cut off.
      const unfounded = broken.filter(({ rule, value }) => value !== null && !rule.endsWith(' > 0'));
      expect({ name, part, unfounded }).toEqual({ name, part, unfounded: [] });
    }
  }
});

test('loadScenario() says of TypeScript what would be taken, unless this Node takes it', async () => {
  const path = await fileOf('typed.ts', 'export const scenario: { name: string } = { name: "typed" };');
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', LOADING, path], {
    encoding: 'utf8',
  });
  expect(stdout).toMatch(
    /^typed$|typed\.ts": Node \d+\S+ takes no TypeScript, wanted is what it compiles to, or Node 22/,
  );
});

test('loadScenario() finds no rule that allows a fixed number of users or messages', async () => {
  for (const name of scenarioNames()) {
    const { rules } = resolvePlan((await loadScenario(name)).scenario);
    const counts = rules.filter(({ rule }) => /^(phases\.[\w-]+\.)?(users|messages)\./.test(rule));
    const fixed = counts.filter(({ rule }) => !/ 0$| \* /.test(rule));
    expect({ name, fixed }).toEqual({ name, fixed: [] });
  }
});

test('scenarioNames() are what the README of the scenarios has a table of, with size and length', async () => {
  const rows = await Promise.all(
    scenarioNames().map(async (name) => {
      const { question, plan } = resolvePlan((await loadScenario(name)).scenario);
      const users = plan.users.toLocaleString('en');
      return `| \`${name}\` | ${question} | ${users} | ${formatClock(lengthOf(plan))} |`;
    }),
  );
  const readme = readFileSync(join(entry('..'), 'scenarios', 'README.md'), 'utf8');
  const [table = ''] = /(?<=<!-- scenarios -->)[\s\S]*(?=<!-- \/scenarios -->)/.exec(readme) ?? [];
  expect(table.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
});

test.each([
  ['one.mjs', "export const scenario = { name: 'found' };"],
  ['default.mjs', "export default { name: 'found' };"],
  ['common.cjs', "module.exports = { name: 'found' };"],
  ['data.json', '{ "name": "found" }'],
])(
  'loadScenario() reads %s, and takes its relative paths from the folder of the file',
  async (name, text) => {
    const path = await fileOf(name, text);
    const found = await loadScenario(path);
    expect(found).toMatchObject({ scenario: { name: 'found' }, folder: dirname(path) });
  },
);

test.each([
  ['none.mjs', 'export const other = 1;', 'it exports nothing named scenario'],
  ['thrown.mjs', "throw new Error('no such thing');", 'no such thing'],
  ['half.json', '{ "name":', 'it is not JSON'],
])('loadScenario() says in one sentence what is wrong with %s', async (name, text, why) => {
  const path = await fileOf(name, text);
  await expect(loadScenario(path)).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringMatching(/^Cannot .+$/),
  });
  await expect(loadScenario(path)).rejects.toThrow(why);
  await expect(loadScenario(path)).rejects.toThrow(path);
});

test.each(['nosuch', './nosuch.mjs', '', './node_modules/chart.js'])(
  'loadScenario() names the real scenarios for "%s"',
  async (name) => {
    await expect(loadScenario(name)).rejects.toMatchObject({
      code: 'SCENARIO_UNKNOWN',
      message: expect.stringContaining(`"${name}": no such scenario or file, wanted is one of 100k-users, `),
    });
  },
);
