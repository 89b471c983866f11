import { expect, test } from 'vitest';
import { ip } from './ip.ts';

test('ip() returns what the program printed', async () => {
  expect(await ip(['-Version'])).toMatch(/iproute2/);
});

test('ip() fails with the words of the program', async () => {
  await expect(ip(['netns', 'pids', 'no-such-namespace'])).rejects.toThrow(
    /^Cannot run "ip netns pids no-such-namespace": .*No such file/,
  );
});

test('ip() ends a batch at the first line that fails', async () => {
  await expect(ip(['-batch', '-'], ['link show dev lo', 'no such command'])).rejects.toThrow(/-:2/);
});
