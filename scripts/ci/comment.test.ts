import { expect, test } from 'vitest';
import { composeComment, markerOf } from './comment.ts';

const red = { exitCode: 1, text: '# Worse\n<details>blocks</details>', regressed: ['cpu'] };
const green = { exitCode: 0, text: '# Nothing worse', regressed: [] };

function confirmed(answer: typeof red, before?: string): string {
  return composeComment({ name: 'gate', attempt: 2, answer, before });
}

test('composeComment() begins with what the comment is found by', () => {
  const text = composeComment({ name: 'gate', attempt: 1, answer: red });
  expect(text.startsWith(markerOf('gate'))).toBe(true);
  expect(text).toContain(red.text);
});

test('composeComment() forgets an older answer at a first attempt', () => {
  const text = composeComment({ name: 'gate', attempt: 1, answer: green, before: confirmed(red, 'old') });
  expect(text).not.toContain('Worse');
});

test.each([
  [0, '**Not confirmed: on a fresh runner nothing got worse.**'],
  [1, '**Confirmed by a fresh runner.**'],
  [112, '**Not decided: a fresh runner could not measure it.**'],
])('composeComment() says what exit %i of a second attempt makes of the first', (exitCode, headline) => {
  expect(confirmed({ ...green, exitCode }).split('\n')[1]).toBe(headline);
});

test('composeComment() keeps the first attempt below the second, however often that is told', () => {
  const first = composeComment({ name: 'gate', attempt: 1, answer: red });
  const second = confirmed(green, first);
  expect(second.indexOf('# Nothing worse')).toBeLessThan(second.indexOf('# Worse'));
  expect(second).toContain('<details>blocks</details>');
  expect(confirmed(green, second)).toBe(second);
});

test('composeComment() stays within what GitHub takes', () => {
  const long = { ...red, text: 'x'.repeat(70_000) };
  const first = composeComment({ name: 'gate', attempt: 1, answer: long });
  expect(first.length).toBeLessThan(65_536);
  expect(first).toContain("in the job's summary.");
  expect(confirmed({ ...green, text: 'y'.repeat(40_000) }, first)).not.toContain('xxx');
});
