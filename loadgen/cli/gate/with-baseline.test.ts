import { Command } from 'commander';
import { expect, test } from 'vitest';
import { checkBaselineOptions } from './with-baseline.ts';

function check(...words: string[]): () => void {
  const command = new Command()
    .option('--base <ref>')
    .option('--base-dir <folder>')
    .option('--baseline <file>')
    .option('--scenario <name>', '', 'ping-pong')
    .option('--attempt <number>', '', '1')
    .option('--inject <name>')
    .option('--strict')
    .option('--json');
  command.parse(words, { from: 'user' });
  return () => checkBaselineOptions(command);
}

test.each([
  ['--base', 'main', '--attempt', '2', '--inject', 'parse'],
  ['--baseline', 'x', '--scenario', 'channels', '--strict', '--json'],
])('checkBaselineOptions() takes what speaks of the same comparison: %j', (...words) => {
  expect(check(...words)).not.toThrow();
});

test.each([
  [
    ['--base', 'main'],
    'Cannot compare with a build and with stored measurements at once: wanted --base or --baseline, not both',
  ],
  [
    ['--base-dir', '.'],
    'Cannot compare with a build and with stored measurements at once: wanted --base-dir or --baseline, not both',
  ],
  [
    ['--inject', 'parse'],
    'Cannot use --inject with --baseline, which measures this build alone: wanted --base in its place',
  ],
])('checkBaselineOptions() refuses a baseline with %j', (words, message) => {
  expect(check('--baseline', 'x', ...words)).toThrow(
    expect.objectContaining({ code: 'USAGE_WRONG', message }),
  );
});

test('checkBaselineOptions() refuses to be strict about two builds', () => {
  expect(check('--base', 'main', '--strict')).toThrow(
    'Cannot use --strict with two builds: wanted --baseline, or --inconclusive fail',
  );
});
