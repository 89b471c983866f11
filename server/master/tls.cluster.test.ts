/** TLS that ends in balancers, or in workers when there are none. */
import { once } from 'node:events';
import { Agent, request } from 'node:https';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { makeCertificate, PATIENCE } from '../testing.ts';
import type { Cluster } from './cluster.ts';
import { askForAddress, countOf, descriptorsOf, snapshotsOf, startCluster, talk } from './testing.ts';

const { key, cert, passphrase } = makeCertificate('secret');
/** One as text, one as bytes: both must reach the other processes. */
const protocolOptions = { key, cert: Buffer.from(cert), passphrase };

const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
afterAll(() => agent.destroy());

function get(
  cluster: Cluster,
  {
    path = '/',
    body = '',
    headers = {},
  }: { path?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const options = { port: cluster.port, host: '127.0.0.1', path, method: 'POST', agent, headers };
    const outgoing = request(options, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve(JSON.parse(text) as Record<string, unknown>));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function open(cluster: Cluster): Promise<{ socket: WebSocket; worker: number }> {
  const socket = new WebSocket(`wss://127.0.0.1:${cluster.port}/socketcluster/`, {
    rejectUnauthorized: false,
  });
  const [[response]] = (await Promise.all([once(socket, 'upgrade'), once(socket, 'open')])) as [
    [{ headers: Record<string, string> }],
    unknown,
  ];
  return { socket, worker: Number(response.headers['sc-worker']) };
}

test('TLS ends in the balancer: workers hear plain requests and who sent them', async () => {
  const cluster = await startCluster({ workers: 2, balancers: 2, protocol: 'https', protocolOptions });
  const mine = { 'X-Forwarded-For': '1.2.3.4', 'X-Forwarded-Proto': 'gopher' };
  // Twice, as the second one might come on the connection of the first.
  for (const path of ['/a', '/b']) {
    const answer = await get(cluster, { path, headers: mine });
    expect(answer).toMatchObject({ url: path, proto: 'https' });
    expect(answer['forwarded']).toMatch(/^1\.2\.3\.4, (::ffff:)?127\.0\.0\.1$/);
  }
  const body = 'abcdefghij'.repeat(200_000);
  expect((await get(cluster, { body }))['body'] === body).toBe(true);
});

test('TLS sockets are spread evenly, talk, and are sent away with a code at the end', async () => {
  const cluster = await startCluster({ workers: 3, balancers: 2, protocol: 'https', protocolOptions });
  const opened = await Promise.all(Array.from({ length: 60 }, () => open(cluster)));
  const shares = [0, 1, 2].map((id) => opened.filter(({ worker }) => worker === id).length);
  expect(Math.max(...shares)).toBeLessThanOrEqual(22);
  expect(await askForAddress(opened[0]!.socket)).toMatch(/"data":"(::ffff:)?127\.0\.0\.1"/);
  const codes = opened.map(async ({ socket }) => (await once(socket, 'close'))[0] as number);
  await cluster.stop();
  expect(new Set(await Promise.all(codes))).toEqual(new Set([1001]));
});

test('a client that does not read holds its worker back, not the memory of the balancer', async () => {
  const cluster = await startCluster({
    workers: 1,
    balancers: 1,
    protocol: 'https',
    protocolOptions,
    maxPayload: 2_000_000,
    outboundHardLimit: 2 ** 28,
    outboundSoftLimit: 2 ** 27,
  });
  const { socket } = await open(cluster);
  await askForAddress(socket);
  await vi.waitFor(() => expect(snapshotsOf(cluster, 'balancer')).toHaveLength(1), PATIENCE);
  const rssOf = (): number => snapshotsOf(cluster, 'balancer')[0]?.rssBytes ?? 0;
  const before = rssOf();
  socket.pause();
  socket.send('{"event":"#subscribe","data":"c","cid":3}');
  const text = 'x'.repeat(1_000_000);
  for (let n = 0; n < 60; n += 1) {
    socket.send(JSON.stringify({ event: '#publish', data: { channel: 'c', data: text } }));
  }
  await vi.waitFor(
    () => expect(snapshotsOf(cluster, 'worker')[0]?.messagesIn).toBeGreaterThanOrEqual(63),
    PATIENCE,
  );
  const marked = snapshotsOf(cluster, 'balancer')[0]?.at ?? 0;
  await vi.waitFor(() => expect(snapshotsOf(cluster, 'balancer')[0]?.at).toBeGreaterThan(marked), PATIENCE);
  expect(rssOf() - before).toBeLessThan(40_000_000);
  let heard = 0;
  socket.on('message', () => {
    heard += 1;
  });
  socket.resume();
  await vi.waitFor(() => expect(heard).toBeGreaterThanOrEqual(61), PATIENCE);
  socket.terminate();
});

test('whoever speaks no TLS, or ends in the middle of it, leaves no descriptor behind', async () => {
  const cluster = await startCluster({ workers: 1, balancers: 1, protocol: 'https', protocolOptions });
  await vi.waitFor(() => expect(snapshotsOf(cluster, 'balancer')).toHaveLength(1), PATIENCE);
  const pids = [...snapshotsOf(cluster, 'balancer'), ...snapshotsOf(cluster, 'worker')].map(({ pid }) => pid);
  const before = descriptorsOf(pids);
  for (let n = 0; n < 20; n += 1) {
    expect(await talk(cluster, 'GET / HTTP/1.1\r\n\r\n')).not.toContain('HTTP');
    const halfway = connect(cluster.port, '127.0.0.1');
    halfway.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]));
    await once(halfway, 'connect');
    halfway.resetAndDestroy();
    const { socket } = await open(cluster);
    socket.terminate();
  }
  await vi.waitFor(() => expect(descriptorsOf(pids)).toEqual(before), PATIENCE);
  await vi.waitFor(() => expect(countOf(cluster, 'tlsFailed')).toBeGreaterThanOrEqual(20), PATIENCE);
});

test('a worker that is killed takes its TLS sockets with it and no others', async () => {
  const cluster = await startCluster({ workers: 2, balancers: 1, protocol: 'https', protocolOptions });
  await vi.waitFor(() => expect(snapshotsOf(cluster, 'worker')).toHaveLength(2), PATIENCE);
  const opened = await Promise.all(Array.from({ length: 10 }, () => open(cluster)));
  const lost = opened.filter(({ worker }) => worker === 0).map(({ socket }) => once(socket, 'close'));
  process.kill(snapshotsOf(cluster, 'worker').find(({ id }) => id === 0)?.pid ?? 0, 'SIGKILL');
  expect((await Promise.all(lost)).map(([code]) => code as number)).toEqual(Array(lost.length).fill(1006));
  expect(lost.length).toBe(5);
  for (const { socket, worker } of opened) {
    expect(socket.readyState === WebSocket.OPEN).toBe(worker === 1);
    socket.terminate();
  }
});

test('TLS ends in the workers when there are no balancers', async () => {
  const cluster = await startCluster({ workers: 2, protocol: 'https', protocolOptions });
  expect(await get(cluster, { path: '/direct' })).toMatchObject({ url: '/direct' });
  const { socket } = await open(cluster);
  expect(await askForAddress(socket)).toMatch(/"data":"(::ffff:)?127\.0\.0\.1"/);
  socket.terminate();
});

test('a TLS client may end its side once it has asked, and agrees on HTTP/1.1 with whoever ends TLS', async () => {
  for (const balancers of [0, 1]) {
    const cluster = await startCluster({ workers: 1, balancers, protocol: 'https', protocolOptions });
    const client = connectTls({
      port: cluster.port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    client.allowHalfOpen = true;
    await once(client, 'secureConnect');
    expect(client.alpnProtocol).toBe('http/1.1');
    client.end('GET /half HTTP/1.1\r\nHost: x\r\n\r\n');
    let answer = '';
    client.on('data', (data: Buffer) => {
      answer += data.toString();
    });
    await once(client, 'close');
    expect(answer).toContain('"url":"/half"');
  }
});
