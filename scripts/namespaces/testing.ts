/** What tests with servers on hosts of their own share; never shipped. */
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { type Host, openNetwork } from './index.ts';

/** How long a test waits for a fact: only what hangs is to end by it, not what shares its machine. */
export const PATIENCE = { timeout: 60_000, interval: 100 };

/** For a test that waits for several of them. */
export const LONG = { timeout: 240_000 };

/** Ports of each server. */
export const PUBLIC = 8_000;
export const ADMIN = 9_000;

export const root = join(import.meta.dirname, '..', '..');
export const dist = join(root, 'dist');

/** Waits until a program has written what is looked for. */
export async function said(child: ChildProcess, words: RegExp): Promise<void> {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  await vi.waitFor(() => expect(text).toMatch(words), PATIENCE);
}

/**
 * Five hosts: two servers that share channels, NATS, and two for clients. Servers reach NATS by the segment `back`, and
 * clients reach both by `front`.
 */
export async function openHosts(controller: string): Promise<{
  servers: readonly [Host, Host];
  agents: readonly [Host, Host];
  nats: Host;
}> {
  const network = await openNetwork({
    'server-1': ['front', 'back'],
    'server-2': ['front', 'back'],
    nats: ['front', 'back'],
    'agent-1': ['front'],
    'agent-2': ['front'],
  });
  onTestFinished(() => network.close());
  const nats = network.host('nats');
  const servers = [network.host('server-1'), network.host('server-2')] as const;
  const agents = [network.host('agent-1'), network.host('agent-2')] as const;
  await said(nats.start('nats-server', []), /Server is ready/);
  await Promise.all(servers.map((server) => startServer(server, nats.address('back'), controller)));
  return { servers, agents, nats };
}

function startServer(host: Host, nats: string, controller: string): Promise<void> {
  const options = {
    port: PUBLIC,
    adminPort: ADMIN,
    adminHost: host.address('front'),
    workers: 2,
    brokers: 2,
    authKey: 'the same on both',
    hostName: host.name,
    cluster: { engine: 'nats', servers: [`nats://${nats}:4222`] },
  };
  const child = host.start(process.execPath, ['server/cli.js', 'run', '--controller', controller], {
    cwd: dist,
    env: { ...process.env, SOCKETCLUSTER_OPTIONS: JSON.stringify(options) },
  });
  return said(child, /Listening at/);
}
