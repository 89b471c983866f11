/** Whole clusters with balancers, over plain connections. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { PATIENCE, upgradeWith } from '../testing.ts';
import type { Cluster } from './cluster.ts';
import type { ProcessEvent } from './roles/index.ts';
import { askForAddress, countOf, descriptorsOf, open, snapshotsOf, startCluster, talk } from './testing.ts';

const nextEvent = (
  cluster: Cluster,
  event: 'balancerStart' | 'workerExit' | 'workerStart',
): Promise<ProcessEvent> => new Promise((resolve) => cluster.once(event, resolve));

function allPids(cluster: Cluster, count: number): Promise<number[]> {
  return vi.waitFor(() => {
    const pids = cluster.state().processes.map(({ pid }) => pid);
    expect(pids).toHaveLength(count);
    return pids;
  }, PATIENCE);
}

test('four balancers spread 300 sockets over three workers, and tell so', async () => {
  const cluster = await startCluster({ workers: 3, balancers: 4 });
  const sockets = await Promise.all(Array.from({ length: 300 }, () => open(cluster)));
  const shares = [0, 1, 2].map((id) => sockets.filter(({ worker }) => worker === id).length);
  expect(Math.max(...shares)).toBeLessThanOrEqual(105);
  expect(Math.min(...shares)).toBeGreaterThanOrEqual(95);
  await vi.waitFor(() => {
    const balancers = snapshotsOf(cluster, 'balancer');
    expect(balancers.map(({ accepted }) => accepted).reduce((a, b) => a + b, 0)).toBe(300);
    // Handed over, not carried: nothing is left open here.
    expect(balancers.map(({ connections }) => connections)).toEqual([0, 0, 0, 0]);
    expect(
      snapshotsOf(cluster, 'worker')
        .map(({ connections }) => connections)
        .toSorted(),
    ).toEqual(shares.toSorted());
  }, PATIENCE);
});

test('a session is sent back to its worker, an address too when addresses decide', async () => {
  const smart = await startCluster({ workers: 3, balancers: 2, appName: 'chat' });
  const sessions = await Promise.all(
    Array.from({ length: 9 }, () => open(smart, 'Cookie: n/chat/ssid=f00_2')),
  );
  expect(sessions.map(({ worker }) => worker)).toEqual(Array(9).fill(2));
  const simple = await startCluster({ workers: 3, balancers: 2, useSmartBalancing: false });
  const neighbours = await Promise.all(
    Array.from({ length: 9 }, () => open(simple, 'X-Forwarded-For: 127.0.0.1')),
  );
  expect(neighbours.map(({ worker }) => worker)).toEqual(Array(9).fill(1_505_998_205 % 3));
});

test('every byte of a plain connection reaches the worker once, wherever they are split', async () => {
  const cluster = await startCluster({ workers: 2, balancers: 2 });
  const post = 'POST /first HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nhello world';
  const all = `${post}GET /second HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
  for (let cut = 1; cut < all.length; cut += 1) {
    const client = connect({ port: cluster.port, host: '127.0.0.1', noDelay: true });
    let text = '';
    client.on('data', (data: Buffer) => {
      text += data.toString();
    });
    await new Promise((resolve) => client.write(all.slice(0, cut), resolve));
    await new Promise(setImmediate);
    client.write(all.slice(cut));
    await once(client, 'close');
    expect(text.match(/\{.*?\}/g)?.map((answer) => JSON.parse(answer))).toMatchObject([
      { url: '/first', body: 'hello world' },
      { url: '/second', body: '' },
    ]);
  }
});

test('a large body that goes on arriving during the hand-over is complete', async () => {
  const cluster = await startCluster({ workers: 2, balancers: 2 });
  const body = 'abcdefghij'.repeat(200_000);
  const answers = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const response = await fetch(`http://127.0.0.1:${cluster.port}/big`, { method: 'POST', body });
      return (await response.json()) as { body: string };
    }),
  );
  for (const answer of answers) {
    expect(answer.body === body).toBe(true);
  }
});

test('stock frames go through: a client talks to its worker, which knows its address', async () => {
  const cluster = await startCluster({ workers: 1, balancers: 1 });
  const socket = new WebSocket(`ws://127.0.0.1:${cluster.port}/socketcluster/`);
  await once(socket, 'open');
  expect(await askForAddress(socket)).toContain('127.0.0.1');
  socket.terminate();
});

const WALL = `module.exports.run = (loadBalancer) => {
  loadBalancer.addMiddleware(loadBalancer.MIDDLEWARE_REQUEST, function wall(request, response, next) {
    if (request.url === '/own') { response.end('own answer'); return; }
    if (request.url === '/throws') { throw new Error('broken wall'); }
    next(request.headers['x-key'] === 'secret' ? undefined : 'no key');
  });
  loadBalancer.addMiddleware(loadBalancer.MIDDLEWARE_UPGRADE, function door(request, socket, next) {
    if (request.url.includes('never')) { return; }
    next(request.remoteAddress.endsWith('127.0.0.1') && !request.url.includes('block') ? undefined : new Error('no entry'));
  });
};`;

test('middleware of the balancer passes, blocks, answers, and fails closed', async () => {
  const cluster = await startCluster({ workers: 2, balancers: 1 }, { balancer: WALL });
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${cluster.port}${path}`, { headers });

  const passed = await get('/a', { 'X-Key': 'secret' });
  expect(await passed.json()).toMatchObject({ url: '/a' });
  const blocked = await get('/a');
  expect([blocked.status, await blocked.text()]).toEqual([403, 'no key\n']);
  expect(await (await get('/own')).text()).toBe('own answer');
  expect((await get('/throws')).status).toBe(500);
  expect([0, 1]).toContain((await open(cluster)).worker);
  expect(await talk(cluster, upgradeWith().replace('/socketcluster/', '/socketcluster/?block'))).toMatch(
    /^HTTP\/1\.1 403 Forbidden\r\n[\s\S]*no entry\n$/,
  );
  await vi.waitFor(() => {
    expect([countOf(cluster, 'blocked'), countOf(cluster, 'middlewareFailed')]).toEqual([2, 1]);
  }, PATIENCE);
});

test('no request slips past middleware behind another one on its connection', async () => {
  const cluster = await startCluster({ workers: 1, balancers: 1 }, { balancer: WALL });
  const good = 'GET /good HTTP/1.1\r\nHost: x\r\nX-Key: secret\r\nConnection: keep-alive\r\n\r\n';
  const bad = 'GET /bad HTTP/1.1\r\nHost: x\r\n\r\n';
  const answer = await talk(cluster, good + bad);
  expect(answer).not.toContain('/bad');
  const smuggled = await talk(cluster, `${upgradeWith('X: y\nConnection: close')}${bad}`);
  expect(smuggled).toMatch(/^HTTP\/1\.1 400 /);
});

test('start() says what is wrong with a balancer controller', async () => {
  await expect(startCluster({ balancers: 1 }, { balancer: 'module.exports = {};' })).rejects.toMatchObject({
    code: 'CONTROLLER_INVALID',
    message: expect.stringContaining('Cannot use balancer controller'),
  });
});

test('heads that are slow, huge or no HTTP are answered, and so is who waits for a middleware for ever', async () => {
  const options = { workers: 1, balancers: 1, middlewareTimeout: 500 };
  const cluster = await startCluster(options, { balancer: WALL });
  const answers = await Promise.all([
    talk(cluster, 'GET / HTTP/1.1\r\nHost: x\r\n'),
    talk(cluster, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`),
    talk(cluster, Buffer.from([0x16, 0x03, 0x01, 0x00, 0xf4])),
    talk(cluster, upgradeWith().replace('/socketcluster/', '/never')),
  ]);
  expect(answers.map((answer) => answer.slice(9, 12))).toEqual(['408', '431', '400', '503']);
  expect(answers[3]).toContain('A middleware took too long\n');
  await vi.waitFor(() => {
    const counters = ['tooSlow', 'tooLarge', 'notHttp', 'middlewareLate'];
    expect(counters.map((counter) => countOf(cluster, counter))).toEqual([1, 1, 1, 1]);
  }, PATIENCE);
});

test('clients that hang up, before their head is whole or right after, leave no descriptor behind', async () => {
  const cluster = await startCluster({ workers: 2, balancers: 2 }, { balancer: WALL });
  const pids = await allPids(cluster, 6);
  const others = pids.filter((pid) => pid !== process.pid);
  const before = descriptorsOf(others);
  const mine = descriptorsOf([process.pid]); // The master and the clients.
  const kinds = [
    'GET / HTTP/1.1\r\nHo',
    upgradeWith(),
    upgradeWith().replace('/socketcluster/', '/socketcluster/?block'),
  ];
  for (let round = 0; round < 10; round += 1) {
    await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const client = connect(cluster.port, '127.0.0.1');
        client.on('error', () => undefined);
        await once(client, 'connect');
        await new Promise((resolve) => client.write(kinds[index % kinds.length] ?? '', resolve));
        if (index % 2 === 0) {
          client.resetAndDestroy();
        } else {
          client.destroy();
        }
        await once(client, 'close');
      }),
    );
  }
  await vi.waitFor(() => expect(descriptorsOf(others)).toEqual(before), PATIENCE);
  await vi.waitFor(() => expect(descriptorsOf([process.pid])).toEqual(mine), PATIENCE);
});

test('a balancer that is killed takes no connection with it and comes back', async () => {
  const cluster = await startCluster({ workers: 2, balancers: 2 });
  await allPids(cluster, 6);
  const sockets = await Promise.all(Array.from({ length: 20 }, () => open(cluster)));
  const closed = vi.fn();
  for (const { client } of sockets) {
    client.on('close', closed);
  }
  const restarted = nextEvent(cluster, 'balancerStart');
  process.kill(snapshotsOf(cluster, 'balancer')[0]?.pid ?? 0, 'SIGKILL');
  expect(await restarted).toMatchObject({ respawn: true });
  expect((await open(cluster)).worker).toBeGreaterThanOrEqual(0);
  expect(closed).not.toHaveBeenCalled();
  expect(cluster.state().restarts).toMatchObject([{ role: 'balancer', signal: 'SIGKILL' }]);
});

test('a balancer that stands still does not stop the others', async () => {
  const cluster = await startCluster({ workers: 1, balancers: 2 });
  await allPids(cluster, 5);
  const pid = snapshotsOf(cluster, 'balancer')[0]?.pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  try {
    const client = connect(cluster.port, '127.0.0.1'); // One is dealt to it before that shows.
    await once(client, 'connect');
    client.destroy();
    const opened = await Promise.any(Array.from({ length: 3 }, () => open(cluster)));
    expect(opened.worker).toBe(0);
    expect((await open(cluster)).worker).toBe(0);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
});

test('a worker that is killed is left out until it is back', async () => {
  const cluster = await startCluster({ workers: 2, balancers: 2 });
  await allPids(cluster, 6);
  const exited = nextEvent(cluster, 'workerExit');
  const restarted = nextEvent(cluster, 'workerStart');
  process.kill(snapshotsOf(cluster, 'worker').find(({ id }) => id === 0)?.pid ?? 0, 'SIGKILL');
  await exited;
  await restarted;
  const workers = await vi.waitFor(async () => {
    const sockets = await Promise.all(Array.from({ length: 10 }, () => open(cluster)));
    const ids = new Set(sockets.map(({ worker }) => worker));
    expect(ids).toEqual(new Set([0, 1]));
    return ids;
  }, PATIENCE);
  expect(workers.size).toBe(2);
});

test('connections on their way to a worker that stands still, then dies, are closed', async () => {
  const cluster = await startCluster({ workers: 1, balancers: 1, rebootWorkerOnCrash: false });
  await allPids(cluster, 4);
  const pid = snapshotsOf(cluster, 'worker')[0]?.pid ?? 0;
  const balancer = snapshotsOf(cluster, 'balancer').map((each) => each.pid);
  const before = descriptorsOf(balancer);
  const mine = descriptorsOf([process.pid])[0] ?? 0; // The master and the clients.
  process.kill(pid, 'SIGSTOP');
  const answers = Array.from({ length: 20 }, () => talk(cluster, upgradeWith()));
  await vi.waitFor(() => expect(snapshotsOf(cluster, 'balancer')[0]?.accepted).toBe(20), PATIENCE);
  process.kill(pid, 'SIGKILL');
  expect(await Promise.all(answers)).toEqual(Array(20).fill(''));
  expect(descriptorsOf(balancer)).toEqual(before);
  await vi.waitFor(() => expect(descriptorsOf([process.pid])[0]).toBeLessThanOrEqual(mine), PATIENCE);
  expect(await talk(cluster, upgradeWith())).toMatch(/^HTTP\/1\.1 503 [\s\S]*Retry-After: /);
});

test('stop() sends clients away with a code that brings them back, and closes the port first', async () => {
  const cluster = await startCluster({ workers: 2, balancers: 2 });
  const sockets = Array.from(
    { length: 4 },
    () => new WebSocket(`ws://127.0.0.1:${cluster.port}/socketcluster/`),
  );
  await Promise.all(sockets.map((socket) => once(socket, 'open')));
  const codes = sockets.map(async (socket) => (await once(socket, 'close'))[0] as number);
  await cluster.stop();
  expect(await Promise.all(codes)).toEqual([1001, 1001, 1001, 1001]);
  await expect(once(connect(cluster.port, '127.0.0.1'), 'connect')).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});
