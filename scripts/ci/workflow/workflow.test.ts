import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { evaluate, fill, readAction, readWorkflow, type Step } from './testing.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const action = readAction(`${root}scripts/ci/action.yml`);
const workflows = readdirSync(`${root}.github/workflows`).map((file) => {
  return { file, workflow: readWorkflow(`${root}.github/workflows/${file}`) };
});
const stepLists: [string, Step[]][] = [
  ['action', action.runs.steps],
  ...workflows.flatMap(({ file, workflow: { jobs } }) =>
    Object.entries(jobs).map(([name, { steps }]): [string, Step[]] => [`${file} ${name}`, steps]),
  ),
];

test('workflows are the tests and the gate', () => {
  expect(workflows.map(({ file }) => file)).toEqual(['gate.yml', 'test.yml']);
});

test('readWorkflow() and readAction() refuse a key that GitHub does not know', () => {
  expect(() => readWorkflow(`${root}scripts/ci/action.yml`)).toThrow('"inputs"');
  expect(() => readAction(`${root}.github/workflows/test.yml`)).toThrow('"jobs"');
});

test.each(stepLists)('every script of %s is one that bash can read', (_, steps) => {
  for (const { run } of steps) {
    if (run === undefined) continue;
    expect(() => execFileSync('bash', ['-n'], { input: run, stdio: 'pipe' })).not.toThrow();
    // What a pull request names must not become part of a script.
    expect(run).not.toContain('${{');
  }
});

test.each(stepLists)(
  'every step of %s asks the action for inputs it has, and reads outputs it has',
  (_, steps) => {
    for (const step of steps.filter(({ uses }) => uses === './scripts/ci')) {
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
      expect(step.with).toHaveProperty('base');
    }
    const ids = steps.flatMap(({ id }) => id ?? []);
    for (const [, id] of JSON.stringify(steps).matchAll(/\bsteps\.(\w+)\./g)) expect(ids).toContain(id);
  },
);

test.each(workflows)(
  'the jobs of $file need jobs that there are, and outputs that those have',
  ({ workflow }) => {
    for (const { needs = [], ...job } of Object.values(workflow.jobs)) {
      for (const need of [needs].flat()) expect(workflow.jobs).toHaveProperty(need);
      for (const [, need = '', output = ''] of JSON.stringify(job).matchAll(
        /needs\.(\w+)\.outputs\.([\w-]+)/g,
      )) {
        expect([needs].flat()).toContain(need);
        expect(workflow.jobs[need]?.outputs).toHaveProperty([output]);
      }
    }
  },
);

test('the tests run as .ci/run does, on the oldest Node and a newer one', () => {
  const job = workflows.find(({ file }) => file === 'test.yml')?.workflow.jobs['test'];
  expect(job?.steps.map(({ run }) => run)).toContain('.ci/run');
  expect(job?.strategy?.matrix['node']?.[0]).toBe(20);
});

test('evaluate() takes what is missing for an empty text', () => {
  const contexts = { steps: { 'a-b': { outputs: { 'exit-code': '1' } } } };
  expect(evaluate("steps.a-b.outputs.exit-code == '1'", contexts)).toBe(true);
  expect(evaluate("always() && steps.none.outputs.exit-code != ''", { steps: {} })).toBe(false);
  expect(fill('x$' + '{{ steps.none.outputs.y }}', { steps: {} })).toBe('x');
});
