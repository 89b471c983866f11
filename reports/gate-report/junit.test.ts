import { expect, test } from 'vitest';
import { formatGateJunit } from './junit.ts';
import { gateReport, type worlds } from './testing.ts';

const junitOf = async (name: keyof typeof worlds) => formatGateJunit(await gateReport(name));
const count = (text: string, element: string) => text.split(`<${element} `).length - 1;

test.each([
  ['equal', { testcase: 5, failure: 0, error: 0, skipped: 0 }],
  ['slower', { testcase: 5, failure: 4, error: 0, skipped: 0 }],
  ['noisy', { testcase: 5, failure: 0, error: 0, skipped: 4 }],
  ['disturbed', { testcase: 1, failure: 0, error: 1, skipped: 0 }],
  ['lossy', { testcase: 1, failure: 1, error: 0, skipped: 0 }],
] as const)('formatGateJunit() of a job that is %s counts as its elements do', async (name, wanted) => {
  const text = await junitOf(name);
  const found = Object.keys(wanted).map((element) => [element, count(text, element)]);
  expect(Object.fromEntries(found)).toEqual(wanted);
  const { testcase, failure, error, skipped } = wanted;
  const counts = `tests="${testcase}" failures="${failure}" errors="${error}" skipped="${skipped}"`;
  expect(text.split(counts)).toHaveLength(3);
});

test('formatGateJunit() says in a failure how much worse, and which command comes next', async () => {
  const text = await junitOf('slower');
  expect(text).toMatch(/<failure message="\+4\.\d % \(\+3\.\d % to \+5\.\d %\), p 0\.00024 &lt; 0\.00050">/);
  expect(text).toContain('npx scbench profile --scenario echo');
});

test('formatGateJunit() escapes what names hold', async () => {
  const text = formatGateJunit(await gateReport('equal', { scenario: 'a "<b>"' }));
  expect(text).toContain('<testsuite name="gate a &quot;&lt;b&gt;&quot;"');
});
