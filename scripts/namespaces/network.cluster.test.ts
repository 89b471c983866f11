/** Real namespaces: needs root on Linux and iproute2, and fails where they are missing. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type HostPlan, type Network, openNetwork } from './index.ts';
import { listNamespaces } from './owner.ts';

const run = promisify(execFile);
const PATIENCE = { timeout: 30_000, interval: 20 };
const PORT = 7_000;
const door = join(import.meta.dirname, '..', '..', 'dist', 'scripts', 'namespaces', 'index.js');
const two: HostPlan = { one: ['lan'], two: ['lan'] };

const echo = `require('node:net').createServer((socket) => socket.pipe(socket)).listen(${PORT}, () => console.log('up'))`;
/** Sends a number every 10 ms and prints how many were sent and which came back. */
const talk = `
  const socket = require('node:net').connect(${PORT}, process.argv[1]);
  let sent = 0;
  setInterval(() => { socket.write(++sent + '\\n'); console.log('sent ' + sent); }, 10);
  require('node:readline').createInterface(socket).on('line', (line) => console.log('back ' + line));
`;

async function open(plan: HostPlan): Promise<Network> {
  const network = await openNetwork(plan);
  onTestFinished(() => network.close());
  return network;
}

async function startEcho(network: Network, host: string): Promise<number> {
  const child = network.host(host).start(process.execPath, ['-e', echo]);
  await once(child.stdout!, 'data');
  return child.pid!;
}

/** Counts what `talk` prints. */
function startTalk(network: Network, from: string, address: string): { sent: number; back: number[] } {
  const heard = { sent: 0, back: [] as number[] };
  const child = network.host(from).start(process.execPath, ['-e', talk, address]);
  createInterface(child.stdout!).on('line', (line) => {
    const [what, number] = line.split(' ');
    if (what === 'sent') heard.sent = Number(number);
    else heard.back.push(Number(number));
  });
  return heard;
}

/** One that has ended and that nobody has taken note of is not running. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('openNetwork() joins hosts that nobody outside can see', async () => {
  const network = await open(two);
  await startEcho(network, 'two');
  const address = network.host('two').address('lan');
  const heard = startTalk(network, 'one', address);
  await vi.waitFor(() => expect(heard.back.length).toBeGreaterThan(10), PATIENCE);
  const seen = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  expect(seen.map((each) => each.address)).not.toContain(address);
});

test('a line that is cut carries nothing until it is restored, and a connection outlives it', async () => {
  const network = await open(two);
  await startEcho(network, 'two');
  const heard = startTalk(network, 'one', network.host('two').address('lan'));
  await vi.waitFor(() => expect(heard.back.length).toBeGreaterThan(10), PATIENCE);

  await network.host('two').cut('lan');
  await vi.waitFor(() => expect(heard.sent - heard.back.length).toBeGreaterThan(50), PATIENCE);
  await network.host('two').restore('lan');
  await vi.waitFor(() => expect(heard.sent - heard.back.length).toBeLessThan(5), PATIENCE);
  expect(heard.back).toEqual(heard.back.map((_, index) => index + 1));
});

test('a line that is cut leaves the other lines of its host alone', async () => {
  const network = await open({ one: ['front', 'back'], two: ['front', 'back'] });
  const [front, back] = ['front', 'back'].map((segment) => network.host('two').address(segment));
  await startEcho(network, 'two');
  const heard = { front: startTalk(network, 'one', front!), back: startTalk(network, 'one', back!) };
  await vi.waitFor(() => expect(heard.back.back.length).toBeGreaterThan(10), PATIENCE);
  const before = heard.front.back.length;
  await network.host('two').cut('back');
  await vi.waitFor(() => {
    expect(heard.back.sent - heard.back.back.length).toBeGreaterThan(50);
    expect(heard.front.back.length).toBeGreaterThan(before + 50);
  }, PATIENCE);
});

test('networks with the same addresses do not meet', async () => {
  const [first, second] = [await open(two), await open(two)];
  await startEcho(first, 'two');
  const address = first.host('two').address('lan');
  const [program, args] = second
    .host('one')
    .command(process.execPath, ['-e', `require('node:net').connect(${PORT}, '${address}')`]);
  await expect(run(program, args)).rejects.toThrow(/ECONNREFUSED|EHOSTUNREACH/);
});

test('close() ends what runs on the hosts and leaves nothing, and may be called again', async () => {
  const network = await openNetwork(two);
  const before = listNamespaces(`scbench-${process.pid}-`);
  const pid = await startEcho(network, 'two');
  await network.close();
  await network.close();
  expect(before).toHaveLength(3);
  expect(listNamespaces(`scbench-${process.pid}-`)).toEqual([]);
  expect(isRunning(pid)).toBe(false);
});

test('openNetwork() takes away what a crashed process left, with what runs there, and only that', async () => {
  const other = await open(two);
  const crashing = `
    import { openNetwork } from '${door}';
    const network = await openNetwork({ one: ['lan'] });
    const child = network.host('one').start('sleep', ['1000'], { stdio: 'ignore', detached: true });
    console.log(child.pid);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', crashing]);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const left = Number(line.toString());
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(listNamespaces(`scbench-${child.pid}-`)).toHaveLength(2);
  expect(isRunning(left)).toBe(true);

  await open(two);
  expect(listNamespaces(`scbench-${child.pid}-`)).toEqual([]);
  expect(isRunning(left)).toBe(false);
  await startEcho(other, 'two');
});

test('openNetwork() leaves nothing when it fails half-way', async () => {
  // A second interface of one name is refused when everything else is there.
  await expect(openNetwork({ one: ['lan', 'lan'] })).rejects.toThrow(/Cannot run "ip -batch -": .*:4/s);
  expect(listNamespaces(`scbench-${process.pid}-`)).toEqual([]);
});

test('openNetwork() tells a user who is not root what is wanted', async () => {
  const code = `import { openNetwork } from '${door}'; await openNetwork({ one: ['lan'] });`;
  await expect(
    run(process.execPath, ['--input-type=module', '-e', code], { uid: 65_534, cwd: '/' }),
  ).rejects.toThrow(/current is user 65534 on linux, wanted root on Linux/);
});

test('host() and address() name what there is', async () => {
  const network = await open(two);
  expect(() => network.host('three')).toThrow('wanted one of one, two');
  expect(() => network.host('one').address('wan')).toThrow('Cannot use segment "wan" on host "one"');
});
