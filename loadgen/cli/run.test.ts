import { Command } from 'commander';
import { expect, test, vi } from 'vitest';
import { addRun } from './run.ts';

test.each([
  [['--driver', 'pigeon'], "'pigeon' is invalid", 'socketcluster, socketcluster-client, websocket'],
  [['--protocol-version', '3'], "'3' is invalid", '1, 2, auto'],
  [['--live', '65536'], "'65536' is invalid", '0 to 65535'],
  [['--trace-user', '-1'], "'-1' is invalid", 'whole number'],
  [['--users', '1e3'], "'1e3' is invalid", 'whole number'],
  [['--dry-run', '--json'], "'--dry-run' cannot be used with", '--json'],
  [['--colour'], 'unknown option', '--colour'],
])('addRun() refuses %j in one sentence', async (words, ...parts) => {
  let said = '';
  const program = new Command().exitOverride().configureOutput({
    writeErr: (text) => {
      said += text;
    },
  });
  addRun(program);
  await expect(program.parseAsync(['run', ...words], { from: 'user' })).rejects.toThrow();
  for (const part of parts) expect(said).toContain(part);
  expect(said.trimEnd().split('\n')).toHaveLength(1);
});

test.each([
  ['--least-agents', '2'],
  ['--nats-cluster', 'blue'],
  ['--nats-ca', 'ca.pem'],
])('addRun() refuses %s %s where nobody says at which NATS the agents are', async (...words) => {
  const program = new Command();
  addRun(program);
  vi.stubEnv('SCBENCH_AGENTS', undefined);
  await expect(program.parseAsync(['run', '--dry-run', ...words], { from: 'user' })).rejects.toMatchObject({
    code: 'USAGE_WRONG',
    message: 'Cannot have agents hold users without NATS: wanted is --agents nats://host:4222',
  });
  vi.unstubAllEnvs();
});
