import { expect, test } from 'vitest';
import { formatResult, runSteps, type Step } from './run-steps.ts';

const quiet = () => {};

test('runSteps() runs every step although one finds problems and one throws', async () => {
  const steps: Step[] = [
    { name: 'throws', run: async () => Promise.reject(new Error('Cannot start')) },
    { name: 'finds', run: async () => ['one', 'two'] },
    { name: 'passes', run: async () => [] },
  ];
  const results = await runSteps(steps, { atOnce: 1, report: quiet });
  expect(results.map(({ name, problems }) => [name, problems])).toEqual([
    ['throws', ['Cannot start']],
    ['finds', ['one', 'two']],
    ['passes', []],
  ]);
});

test('runSteps() keeps to the number of steps that may run at once', async () => {
  let running = 0;
  let most = 0;
  const run = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    return [];
  };
  const steps = Array.from({ length: 7 }, (_, index) => ({ name: String(index), run }));
  expect(await runSteps(steps, { atOnce: 2, report: quiet })).toHaveLength(7);
  expect(most).toBe(2);
});

test('runSteps() reports each step when it ends', async () => {
  const reported: string[] = [];
  const steps = ['a', 'b'].map((name) => ({ name, run: async () => [] }));
  await runSteps(steps, { atOnce: 2, report: ({ name }) => reported.push(name) });
  expect(reported.toSorted()).toEqual(['a', 'b']);
});

test('formatResult() marks a failure and shows every problem', () => {
  expect(formatResult({ name: 'docs', seconds: 1.26, problems: [] })).toBe('ok   docs           1.3 s');
  expect(formatResult({ name: 'docs', seconds: 0, problems: ['a', 'b'] })).toBe(
    'FAIL docs           0.0 s\na\nb',
  );
});
