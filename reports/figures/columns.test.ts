import { expect, test } from 'vitest';
import { alignColumns, wrapText } from './columns.ts';

test('alignColumns() sets the first column flush left and figures flush right', () => {
  expect(
    alignColumns([
      ['', 'cores'],
      ['worker 0', '0.5'],
      ['w', '12.25', '7'],
    ]),
  ).toEqual(['          cores', 'worker 0    0.5', 'w         12.25  7']);
});

test('wrapText() breaks at blanks and leaves a word alone that is longer than the line', () => {
  expect(wrapText('one two extraordinarily three', 8)).toEqual(['one two', 'extraordinarily', 'three']);
  expect(wrapText('', 8)).toEqual([]);
});
