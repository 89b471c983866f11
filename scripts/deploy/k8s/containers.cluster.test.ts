/**
 * The containers' own commands, run on this machine: the server with its options and probes, and a real nats-server
 * with the settings of each overlay. Only what a container has of its own is exchanged: paths, ports and addresses.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { parse } from 'yaml';
import { buildKustomization, type Manifest } from '../manifests/kustomize.ts';
import { type Container, listPods } from '../manifests/pods.ts';

const PATIENCE = { timeout: 30_000, interval: 50 };
const root = join(import.meta.dirname, '..', '..', '..');
const overlays = ['trial', 'measured'];
const secretOfNats = { POD_NAME: 'nats-0', NATS_USER: 'socketcluster', NATS_PASSWORD: 'replace-this-too' };

const build = async (overlay: string): Promise<Manifest[]> =>
  (await buildKustomization(join(import.meta.dirname, 'overlays', overlay))).manifests;

function containerOf(manifests: readonly Manifest[], name: string): Container {
  const containers = listPods(manifests).flatMap(({ spec }) => spec.containers);
  return containers.find((each) => each.name === name)!;
}

function fileOf(manifests: readonly Manifest[], map: string, name: string): string {
  const found = manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith(map));
  return (found!['data'] as Record<string, string>)[name]!;
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'containers-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a command that ends with the test. */
function start(program: string, args: string[], env: Record<string, string>): ChildProcess {
  const child = spawn(program, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
    stdio: 'pipe',
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  return child;
}

/** Waits until a command has written what is looked for. */
async function said(child: ChildProcess, words: RegExp): Promise<RegExpExecArray> {
  let text = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  await vi.waitFor(() => expect(text).toMatch(words), PATIENCE);
  return words.exec(text)!;
}

/** Asks what the probes of a container ask, of a port of this machine. */
async function probe(
  { startupProbe, readinessProbe, livenessProbe }: Container,
  port: number,
): Promise<void> {
  const paths = [startupProbe, readinessProbe, livenessProbe].map((each) => each!.httpGet.path);
  for (const path of paths) {
    const { status } = await fetch(`http://127.0.0.1:${port}${path}`);
    expect([path, status]).toEqual([path, 200]);
  }
}

/** Starts a real nats-server with the settings of an overlay, on ports and a file of this machine. */
async function startNats(manifests: readonly Manifest[]): Promise<{
  child: ChildProcess;
  port: number;
  monitor: number;
  pidFile: string;
}> {
  const { command, args } = containerOf(manifests, 'nats');
  const folder = await makeFolder();
  const [port, routes, monitor] = [await freePort(), await freePort(), await freePort()];
  const [file, pidFile] = [join(folder, 'nats.conf'), join(folder, 'nats.pid')];
  const text = fileOf(manifests, 'nats-settings', 'nats.conf')
    .replace('port: 4222', `port: ${port}`)
    .replace('port: 6222', `port: ${routes}`)
    .replace('http_port: 8222', `http_port: ${monitor}`)
    .replaceAll(/nats-route:.*/g, '')
    .replace('/run/nats/nats.pid', pidFile);
  await writeFile(file, text);
  const words = args.map((each) => each.replace('/etc/nats/nats.conf', file));
  const child = start(command[0]!, words, secretOfNats);
  await said(child, /Server is ready/);
  return { child, port, monitor, pidFile };
}

test('containers that wait end when what they wait for is there, and not before', async () => {
  const manifests = await build('trial');
  const { port } = await startNats(manifests);
  const ready = createHttpServer((request, response) => {
    response.writeHead(request.url === '/ready' ? 200 : 404).end();
  });
  ready.listen(0, '127.0.0.1');
  await once(ready, 'listening');
  onTestFinished(() => void ready.close());
  const places: Record<string, string> = {
    'nats://nats:4222': `nats://127.0.0.1:${port}`,
    'http://socketcluster-admin:9000': `http://127.0.0.1:${(ready.address() as { port: number }).port}`,
  };
  const waiting = listPods(manifests).flatMap(({ spec }) => spec.initContainers);
  expect(waiting).toHaveLength(2);
  for (const { command, args } of waiting) {
    const [script] = args as [string];
    const place = Object.keys(places).find((each) => script.includes(each))!;
    const startWith = (address: string, servers: string): ChildProcess =>
      start(
        process.execPath,
        [command[1]!, script.replace(place, address).replace('servers.length < 2', servers)],
        {},
      );
    const early = [startWith(place.replace(/[\w-]+:\d+/, '127.0.0.1:1'), 'false')];
    // Here is one server, at one address.
    if (script.includes('servers.length < 2')) early.push(startWith(places[place]!, 'servers.length < 2'));
    expect(await once(startWith(places[place]!, 'servers.length < 1'), 'exit')).toEqual([0, null]);
    expect(early.map(({ exitCode }) => exitCode)).toEqual(early.map(() => null));
  }
});

test.each(overlays)(
  '%s: nats-server takes its settings, answers its probes, and leaves as preStop says',
  async (name) => {
    const manifests = await build(name);
    const nats = containerOf(manifests, 'nats');
    const { child, monitor, pidFile } = await startNats(manifests);
    await probe(nats, monitor);

    const ended = once(child, 'exit');
    const [program, ...args] = nats.lifecycle!.preStop!.exec!.command;
    const hook = start(
      program!,
      args.map((each) => each.replace('/run/nats/nats.pid', pidFile)),
      {},
    );
    expect(await once(hook, 'exit')).toEqual([0, null]);
    expect(await ended).toEqual([0, null]);
  },
);

test.each(overlays)(
  '%s: the server starts with its options, answers its probes, and ends at SIGTERM',
  async (name) => {
    const manifests = await build(name);
    const server = containerOf(manifests, 'server');
    const { port } = await startNats(manifests);
    const file = join(await makeFolder(), 'options.json');
    await writeFile(file, fileOf(manifests, 'server-options', 'options.json'));
    const secret = JSON.parse(await readFile(join(import.meta.dirname, 'secret.example.json'), 'utf8')) as {
      cluster: object;
    };
    const cluster = { ...secret.cluster, servers: [`nats://127.0.0.1:${port}`] };
    const options = JSON.stringify({ ...secret, cluster, port: 0, adminPort: 0 });
    const args = [...server.command.slice(1), ...server.args].map((each) =>
      each.replace('/etc/socketcluster/options.json', file),
    );
    const child = start(process.execPath, args, { SOCKETCLUSTER_OPTIONS: options });
    const [, admin] = await said(child, /state at http:\/\/[\d.]+:(\d+)\/state/);
    await probe(server, Number(admin));

    const adapter = parse(await readFile(join(import.meta.dirname, 'prometheus-adapter.yaml'), 'utf8')) as {
      rules: { custom: { seriesQuery: string }[] };
    };
    const metrics = await (await fetch(`http://127.0.0.1:${admin}/metrics`)).text();
    for (const { seriesQuery } of adapter.rules.custom) {
      const [series = '', role = ''] = seriesQuery.split(/[{,]/);
      const lines = metrics.split('\n').filter((line) => line.startsWith(`${series}{`));
      expect(lines.filter((line) => line.includes(role)).length, seriesQuery).toBeGreaterThan(0);
    }

    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  },
);
