/** What cluster tests of balancers share: clusters that end with their test, clients, certificates, descriptor counts. */
import { on, once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Snapshot } from '../observe/index.ts';
import type { OptionsInput } from '../options/index.ts';
import { upgradeWith } from '../testing.ts';
import { Cluster } from './cluster.ts';

/** Answers each request with its worker, url, body and what a proxy says of it. */
const WORKER = `module.exports.run = (worker) => {
  worker.getHTTPServer().on('request', (request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => response.end(JSON.stringify({
      worker: worker.id, url: request.url, body,
      forwarded: request.headers['x-forwarded-for'], proto: request.headers['x-forwarded-proto'],
    })));
  });
  worker.getSCServer().on('connection', (socket) => {
    socket.on('whoami', (_data, respond) => respond(null, socket.remoteAddress));
  });
};`;

/** Starts a cluster that ends with the test. `balancer` is the text of its balancer controller. */
export async function startCluster(
  options: Partial<OptionsInput>,
  { balancer }: { balancer?: string } = {},
): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'balancer-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const workerController = join(folder, 'worker.cjs');
  const balancerController = join(folder, 'balancer.cjs');
  await writeFile(workerController, WORKER);
  await writeFile(balancerController, balancer ?? '');
  const cluster = new Cluster({
    port: 0,
    workerController,
    ...(balancer === undefined ? {} : { balancerController }),
    ...options,
  });
  onTestFinished(() => cluster.stop());
  await cluster.start();
  return cluster;
}

/** Connects, sends text and gives everything the server says until it ends the connection. */
export async function talk(cluster: Cluster, text: string | Buffer): Promise<string> {
  const client = connect(cluster.port, '127.0.0.1');
  client.on('error', () => undefined);
  let answer = '';
  client.on('data', (data: Buffer) => {
    answer += data.toString();
  });
  client.write(text);
  await once(client, 'close');
  return answer;
}

/** Opens a WebSocket by hand; gives the connection and the worker that took it. */
export async function open(
  cluster: Cluster,
  ...fields: string[]
): Promise<{ client: Socket; worker: number }> {
  const client = connect(cluster.port, '127.0.0.1');
  client.on('error', () => undefined);
  onTestFinished(() => {
    client.destroy();
  });
  client.write(upgradeWith(...fields));
  const [answer] = (await once(client, 'data')) as [Buffer];
  return { client, worker: Number(/sc-worker: (\d+)/i.exec(answer.toString())?.[1]) };
}

/** Does the handshake of a socket that is open and asks its worker for its address; gives the answer as it came. */
export async function askForAddress(
  socket: NodeJS.EventEmitter & { send(text: string): void },
): Promise<string> {
  socket.send('{"event":"#handshake","data":{},"cid":1}');
  socket.send('{"event":"whoami","cid":2}');
  for await (const [text] of on(socket, 'message')) {
    if (String(text).includes('"rid":2')) {
      return String(text);
    }
  }
  throw new Error('The socket says no more');
}

/** The latest snapshots of a role. */
export function snapshotsOf(cluster: Cluster, role: Snapshot['role']): Snapshot[] {
  return cluster.state().processes.filter((process) => process.role === role);
}

/** Sum of a counter over all balancers. */
export function countOf(cluster: Cluster, counter: string): number {
  return snapshotsOf(cluster, 'balancer').reduce((sum, { counters }) => sum + (counters[counter] ?? 0), 0);
}

/** Descriptors each of the processes has open. */
export function descriptorsOf(pids: readonly number[]): number[] {
  return pids.map((pid) => readdirSync(`/proc/${pid}/fd`).length);
}
