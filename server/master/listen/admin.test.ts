import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { ClusterState } from '../../observe/index.ts';
import { startAdmin } from './admin.ts';

const STATE: ClusterState = {
  version: 1,
  appName: 'test',
  phase: 'ready',
  isReady: true,
  draining: false,
  uptime: 1,
  port: 8000,
  processes: [],
  restarts: [],
};

const LOOPBACK = { adminHost: '127.0.0.1', adminPort: 0 };

async function start(state: () => ClusterState = () => STATE): Promise<(path: string) => Promise<Response>> {
  const admin = await startAdmin(LOOPBACK, state);
  onTestFinished(() => admin.close());
  return (path) => fetch(`http://127.0.0.1:${admin.port}${path}`);
}

test('startAdmin() answers /state with the state of the moment as JSON', async () => {
  const state = { ...STATE };
  const get = await start(() => state);
  const first = await get('/state?pretty');
  expect(first.headers.get('content-type')).toBe('application/json');
  expect(await first.json()).toEqual(STATE);
  state.uptime = 2;
  expect(await (await get('/state')).json()).toMatchObject({ uptime: 2 });
});

test('startAdmin() answers /ready with 200 only when clients can connect', async () => {
  let now: Pick<ClusterState, 'isReady' | 'phase'> = STATE;
  const get = await start(() => ({ ...STATE, ...now }));
  for (const [phase, isReady, status, body] of [
    ['starting', false, 503, 'starting\n'],
    ['ready', true, 200, 'ready\n'],
    ['ready', false, 503, 'nobody takes clients\n'],
    ['draining', false, 503, 'draining\n'],
  ] as const) {
    now = { isReady, phase };
    const response = await get('/ready');
    expect([response.status, await response.text()]).toEqual([status, body]);
  }
});

test('startAdmin() answers other paths 404 and does not look at the state for them', async () => {
  const get = await start(() => {
    throw new Error('planted');
  });
  expect((await get('/')).status).toBe(404);
});

test('startAdmin() says that its port is in use', async () => {
  const first = await startAdmin(LOOPBACK, () => STATE);
  onTestFinished(() => first.close());
  await expect(startAdmin({ ...LOOPBACK, adminPort: first.port }, () => STATE)).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: `Cannot listen on admin port ${first.port}: another process listens there`,
  });
});

test('startAdmin() listens on the address that it is given, and on that alone', async () => {
  const admin = await startAdmin({ adminHost: '127.0.0.2', adminPort: 0 }, () => STATE);
  onTestFinished(() => admin.close());
  expect((await fetch(`http://127.0.0.2:${admin.port}/live`)).status).toBe(200);
  await expect(fetch(`http://127.0.0.1:${admin.port}/live`)).rejects.toThrow();
  // 192.0.2.0/24 is kept for documents: no host has it.
  await expect(startAdmin({ adminHost: '192.0.2.1', adminPort: 0 }, () => STATE)).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: 'Cannot listen on admin port 0 of "192.0.2.1": EADDRNOTAVAIL',
  });
});

test('close() ends the endpoint, a request that is half sent included', async () => {
  const admin = await startAdmin(LOOPBACK, () => STATE);
  const url = `http://127.0.0.1:${admin.port}/ready`;
  const slow = connect(admin.port, '127.0.0.1');
  slow.write('GET /ready HTTP/1.1\r\nHost: ');
  expect((await fetch(url)).status).toBe(200);
  await admin.close();
  await once(slow, 'close');
  await expect(fetch(url)).rejects.toThrow();
});

test('startAdmin() answers /live as long as it answers, and /metrics for Prometheus', async () => {
  const get = await start(() => ({ ...STATE, isReady: false }));
  expect((await get('/live')).status).toBe(200);
  const metrics = await get('/metrics');
  expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(await metrics.text()).toContain('socketcluster_ready{app="test"} 0');
});
