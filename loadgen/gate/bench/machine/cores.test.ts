import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chooseCores, coresIn, pin } from './cores.ts';

test.each([
  ['0-3', { server: 0, generator: 1 }],
  ['2,5-7', { server: 2, generator: 5 }],
  ['4', { server: undefined, generator: undefined }],
  ['', { server: undefined, generator: undefined }],
])('coresIn() takes the first two of "%s"', (list, cores) => {
  expect(coresIn(`Name:\tnode\nCpus_allowed_list:\t${list}\n`)).toEqual(cores);
});

test('pin() leaves a process that cannot be moved to whoever started it', () => {
  expect(() => pin(process.pid, undefined)).not.toThrow();
  expect(() => pin(process.pid, 100_000)).toThrow();
});

test('chooseCores() gives cores this process may use', () => {
  const allowed = coresIn(readFileSync('/proc/self/status', 'utf8'));
  expect([allowed, { server: undefined, generator: undefined }]).toContainEqual(chooseCores());
});
