import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { choosePackages, explainMissing, isOnPath, type Machine, planInstall } from './system-packages.ts';

const nats = { command: 'nats-server', name: 'nats-server', neededBy: 'a test' };
const root: Machine = { has: () => true, isRoot: true, maySudo: () => false };

test('planInstall() plans nothing when nothing is missing', () => {
  expect(planInstall([], root)).toEqual([]);
});

test('planInstall() installs directly as root and by sudo as somebody who needs no password', () => {
  expect(planInstall([nats], root)?.map((command) => command[0])).toEqual(['apt-get', 'apt-get']);
  const sudo = planInstall([nats], { ...root, isRoot: false, maySudo: () => true });
  expect(sudo?.map((command) => command.slice(0, 3))).toEqual(Array(2).fill(['sudo', '-n', 'apt-get']));
  expect(sudo?.at(-1)?.at(-1)).toBe('nats-server');
});

test('planInstall() plans nothing for a user without rights, or where there is no apt-get', () => {
  expect(planInstall([nats], { ...root, isRoot: false })).toBeUndefined();
  expect(planInstall([nats], { ...root, has: () => false })).toBeUndefined();
});

test('choosePackages() leaves out extras that nobody names', () => {
  const extra = { ...nats, name: 'extra', isExtra: true };
  expect(choosePackages([nats, extra], [])).toEqual([nats]);
  expect(choosePackages([nats, extra], ['extra'])).toEqual([extra]);
});

test('isOnPath() finds programs, not files that nobody may run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'path-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = ['/nowhere', folder].join(delimiter);
  await writeFile(join(folder, 'tool'), '', { mode: 0o755 });
  await writeFile(join(folder, 'text'), '');
  await chmod(join(folder, 'text'), 0o644);
  expect(isOnPath('tool', path)).toBe(true);
  expect(isOnPath('text', path)).toBe(false);
  expect(isOnPath('other', path)).toBe(false);
});

test('explainMissing() names the program, who needs it and the package', () => {
  expect(explainMissing([nats])).toEqual([
    'Cannot find the program "nats-server" for a test: wanted on the path, for example by sudo apt-get install nats-server',
  ]);
});
