/** Whole clusters: with few descriptors, filled past their end; and under more connections than are counted in time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { ClusterState } from '../observe/index.ts';
import { entry } from '../process/index.ts';
import { PATIENCE, upgradeWith } from '../testing.ts';

/** Leaves each of two workers room for 24 connections beside the 256 descriptors it keeps. */
const DESCRIPTORS = 280;
const ROOM = 48;

test('a full cluster answers 503, keeps the clients it has, and its master stays idle', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'full-'));
  const controller = join(folder, 'worker.cjs');
  await writeFile(controller, 'module.exports.run = () => {};');
  const command = `ulimit -n ${DESCRIPTORS}; exec node ${entry('server/cli.js')} run --port 0 --workers 2 --controller ${controller}`;
  const server = spawn('sh', ['-c', command], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, SOCKETCLUSTER_LOG_LEVEL: '3' },
  });
  try {
    const { port, adminPort } = await readyLine(server.stderr);
    const answers: string[] = [];
    const clients = Array.from({ length: 2 * ROOM }, () => {
      const client = connect(port, '127.0.0.1', () => client.write(upgradeWith()));
      client.on('error', () => undefined);
      client.once('data', (data: Buffer) => answers.push(data.toString().slice(9, 12)));
      return client;
    });
    await vi.waitFor(() => expect(answers).toHaveLength(2 * ROOM), PATIENCE);
    const letIn = answers.filter((status) => status === '101').length;
    expect(letIn).toBeGreaterThanOrEqual(ROOM);
    expect(answers.filter((status) => status === '503').length).toBe(2 * ROOM - letIn);
    expect(letIn).toBeLessThan(2 * ROOM);

    const before = await masterOf(adminPort);
    const after = await vi.waitFor(
      async () => {
        const now = await masterOf(adminPort);
        expect(now.at - before.at).toBeGreaterThan(500);
        return now;
      },
      { ...PATIENCE, interval: 100 },
    );
    // Asking full workers in turn, for ever, would take a whole core.
    expect((after.cpuMicros - before.cpuMicros) / 1_000 / (after.at - before.at)).toBeLessThan(0.5);
    for (const client of clients) {
      client.destroy();
    }
  } finally {
    server.kill('SIGTERM');
    await once(server, 'exit');
    await rm(folder, { recursive: true });
  }
});

test.each([
  ['one worker, which accepts by itself', '1', 'rr'],
  ['two workers that accept by themselves', '2', 'none'],
  ['two workers that are dealt to', '2', 'rr'],
])('a cluster of %s lets in 1,500 clients that come at once', async (_how, workers, policy) => {
  const folder = await mkdtemp(join(tmpdir(), 'burst-'));
  const controller = join(folder, 'worker.cjs');
  await writeFile(controller, 'module.exports.run = () => {};');
  const words = ['run', '--port', '0', '--workers', workers, '--controller', controller];
  const server = spawn(process.execPath, [entry('server/cli.js'), ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, SOCKETCLUSTER_LOG_LEVEL: '3', SOCKETCLUSTER_SCHEDULING_POLICY: policy },
  });
  try {
    const { port } = await readyLine(server.stderr);
    const ends: string[] = [];
    const clients = Array.from({ length: 1_500 }, () => {
      const client = connect(port, '127.0.0.1', () => client.write(upgradeWith()));
      client.on('error', (error: NodeJS.ErrnoException) => ends.push(error.code ?? error.message));
      client.once('data', (data: Buffer) => ends.push(data.toString().slice(9, 12)));
      return client;
    });
    await vi.waitFor(() => expect(ends).toHaveLength(1_500), { timeout: 30_000 });
    expect(new Set(ends)).toEqual(new Set(['101']));
    for (const client of clients) client.destroy();
  } finally {
    server.kill('SIGTERM');
    await once(server, 'exit');
    await rm(folder, { recursive: true });
  }
});

async function readyLine(stderr: NodeJS.ReadableStream): Promise<{ port: number; adminPort: number }> {
  let text = '';
  for await (const chunk of stderr) {
    text += String(chunk);
    const line = text.split('\n').find((each) => each.includes('"msg":"ready"') && each.endsWith('}'));
    if (line !== undefined) {
      return JSON.parse(line);
    }
  }
  throw new Error(`The server did not get ready: ${text}`);
}

async function masterOf(adminPort: number): Promise<{ at: number; cpuMicros: number }> {
  const response = await fetch(`http://127.0.0.1:${adminPort}/state`);
  const master = ((await response.json()) as ClusterState).processes.find(({ role }) => role === 'master');
  if (master === undefined) {
    throw new Error('The state names no master');
  }
  return master;
}
