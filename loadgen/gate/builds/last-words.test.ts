import { expect, test } from 'vitest';
import { lastWordsOf } from './last-words.ts';

test('lastWordsOf() tells what the script said and not what npm says of it', () => {
  const output = [
    '',
    '> built@1.0.0 build',
    '> tsc',
    '',
    "server/a.ts(1,1): error TS2304: Cannot find name 'x'.",
    'npm error Lifecycle script `build` failed with error:',
    'npm error code 2',
  ].join('\n');
  expect(lastWordsOf(output)).toBe("server/a.ts(1,1): error TS2304: Cannot find name 'x'.");
});

test('lastWordsOf() tells the reason that npm gives when there is nothing else', () => {
  const output = 'npm error code EUSAGE\nnpm error\nnpm error The lock file is not in sync\nnpm error more\n';
  expect(lastWordsOf(output)).toBe('The lock file is not in sync');
});

test('lastWordsOf() keeps to the last three lines and to one of its own', () => {
  expect(lastWordsOf('a\nb\nc\nd\n')).toBe('b; c; d');
  expect(lastWordsOf('')).toBe('it said nothing');
  expect(lastWordsOf('x'.repeat(5_000))).toHaveLength(401);
});
