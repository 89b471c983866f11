import { expect, test } from 'vitest';
import { commandLine } from './command-line.ts';

test('commandLine() writes a command that a shell reads alike', () => {
  expect(commandLine('npm run bench --', [])).toBe('npm run bench');
  expect(commandLine('x', ['-u', '5', '--header', 'A: b'])).toBe('x -u 5 --header "A: b"');
});
