import { expect, test } from 'vitest';
import { formatAnnotations } from './annotations.ts';
import { gateReport, type worlds } from './testing.ts';

const linesOf = async (name: keyof typeof worlds) =>
  formatAnnotations(await gateReport(name))
    .trimEnd()
    .split('\n');

test.each([
  ['equal', ['notice']],
  ['slower', ['error', 'error', 'error', 'error']],
  ['noisy', ['warning', 'warning', 'warning', 'warning']],
  ['disturbed', ['error']],
] as const)(
  'formatAnnotations() of a job that is %s has a line for the verdict and for each metric of note',
  async (name, wanted) => {
    const lines = await linesOf(name);
    expect(lines.map((line) => /^::(\w+) title=[^:,]+::/.exec(line)?.[1])).toEqual(wanted);
  },
);

test('formatAnnotations() escapes what the runner would read as its own', async () => {
  const [verdict = '', cpu = ''] = await linesOf('slower');
  expect(verdict).toContain('::error title=REGRESSION%3A echo::CPU per message is 4.6 %25 worse');
  expect(verdict).toContain('%0AWhere does the time go? npx scbench profile');
  expect(cpu.startsWith('::error title=CPU per message%3A regression::+4.')).toBe(true);
});
