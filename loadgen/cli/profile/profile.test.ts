import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, onTestFinished, test } from 'vitest';
import { addProfile } from './profile.ts';

test.each([
  [['--tool', 'guess'], "'guess' is invalid", 'doctor, flame, bubbleprof, heapprofiler, cpu'],
  [['--role', 'user'], "'user' is invalid", 'worker, broker, balancer, master'],
  [['--id', 'first'], "'first' is invalid", 'a whole number'],
])('addProfile() refuses %j in one sentence', async (words, ...parts) => {
  let said = '';
  const program = new Command().exitOverride().configureOutput({
    writeErr: (text) => {
      said += text;
    },
  });
  addProfile(program);
  const whole = ['profile', '--scenario', 'ping-pong', ...words];
  await expect(program.parseAsync(whole, { from: 'user' })).rejects.toThrow();
  for (const part of parts) expect(said).toContain(part);
  expect(said.trimEnd().split('\n')).toHaveLength(1);
});

test('addProfile() refuses a server that it did not start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'profile-command-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'scenario.json');
  const scenario = {
    name: 'small',
    question: 'Does it hold?',
    users: 1,
    ramp: 1,
    duration: 1,
    behaviour: { kind: 'ping-pong', payload: {}, every: 1 },
    target: { workers: 1, brokers: 1, controller: './controller.js' },
    rules: [],
  };
  await writeFile(file, JSON.stringify(scenario));
  const program = new Command().exitOverride();
  addProfile(program);
  const words = ['profile', '-s', file, '--tool', 'cpu', '--target', 'ws://127.0.0.1:1/', '-q'];
  await expect(program.parseAsync(words, { from: 'user' })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: `Cannot profile worker 0 of "ws://127.0.0.1:1/": wanted is a target of the run's own`,
  });
});
