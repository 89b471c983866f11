/** A run whose users are on two hosts, its target on a third and its coordinator on a fourth. */
import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { Header, Summary } from '../../loadgen/results/index.ts';
import { ADMIN, dist, LONG, openHosts, PUBLIC, said } from './testing.ts';

const USERS = 100;
const scenario = {
  name: 'far-apart',
  question: 'Do users on two hosts reach a target on two?',
  users: USERS,
  ramp: USERS,
  settle: 1,
  duration: 2,
  behaviour: { kind: 'ping-pong', payload: {}, every: 0.5 },
  target: { workers: 2, brokers: 2, controller: './none.js' },
  rules: ['users.failed == 0', 'messages.lost == 0'],
};
/** One more address of the first agent's host. */
const SECOND_ADDRESS = '10.77.0.77';

test(
  'a run has its users on agents on other hosts, half on each, its target on two, and loses nothing',
  LONG,
  async () => {
    const { servers, agents, nats } = await openHosts('scenarios/controllers/ping-pong.js');
    const address = ['address', 'add', `${SECOND_ADDRESS}/24`, 'dev', 'front'];
    await promisify(execFile)(...agents[0].command('ip', address));
    const bus = `nats://${nats.address('front')}`;
    for (const agent of agents) {
      const args = ['loadgen/cli.js', 'agent', '--once', '--nats', bus, '--name', agent.name];
      await said(agent.start(process.execPath, args, { cwd: dist }), /waits for work/);
    }
    const folder = await mkdtemp(join(tmpdir(), 'hosts-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const target = servers.flatMap((server) => [
      '--target',
      `ws://${server.address('front')}:${PUBLIC}/socketcluster/`,
      '--admin',
      `http://${server.address('front')}:${ADMIN}`,
    ]);
    const file = join(folder, 'scenario.json');
    await writeFile(file, JSON.stringify(scenario));
    const args = ['run', '--agents', bus, '--least-agents', '2', ...target, '--scenario', file, '--json'];
    const { code, summary } = await finish(
      nats.start(process.execPath, ['loadgen/cli.js', ...args, '--out', join(folder, 'run')], { cwd: dist }),
    );
    // A busy machine may spoil the measurement; what follows holds nevertheless.
    expect([0, 112]).toContain(code);
    expect(summary.users).toMatchObject({ peak: USERS, failed: {} });
    expect(summary.messages).toMatchObject({ lost: 0, duplicated: 0, reordered: 0 });
    expect(summary.messages.received).toBeGreaterThan(0);
    expect(summary.generator.agents?.map(({ id, users }) => [id, users])).toEqual([
      ['agent-1', USERS / 2],
      ['agent-2', USERS / 2],
    ]);
    expect(summary.servers).toMatchObject([
      { id: 'server-1', workers: 2, connections: USERS / 2 },
      { id: 'server-2', workers: 2, connections: USERS / 2 },
    ]);
    // The host that has two addresses uses both; of one alone there is nothing to choose.
    const [line = ''] = (await readFile(join(folder, 'run', 'run.jsonl'), 'utf8')).split('\n', 1);
    expect((JSON.parse(line) as Header).generator.sourceAddresses).toBe(2);
  },
);

/** Waits until a command has ended, and reads the summary that it printed. */
async function finish(child: ChildProcess): Promise<{ code: number; summary: Summary }> {
  let text = '';
  let words = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  expect(text, words).not.toBe('');
  return { code: code ?? -1, summary: JSON.parse(text) as Summary };
}
