import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type FoundHosts, findHosts } from './find-hosts.ts';

const TARGET = 'ws://127.0.0.1:8001/x';

/** An admin endpoint of a host of this name. */
async function startAdmin(host: string | undefined, address = '127.0.0.1', port = 0): Promise<string> {
  const state = { host, processes: [], restarts: [] };
  const server = createServer((_request, response) => response.end(JSON.stringify(state)));
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://${address}:${(server.address() as AddressInfo).port}`;
}

/** Finds the hosts that have these names. */
async function findNamed(names: readonly (string | undefined)[]): Promise<FoundHosts> {
  const admin = await Promise.all(names.map((name) => startAdmin(name)));
  return findHosts({ target: TARGET, admin }, 'socketcluster');
}

test('findHosts() finds a target of one host without asking it anything', async () => {
  const found = await findHosts({ target: TARGET }, 'socketcluster');
  expect(found).toMatchObject({ host: '127.0.0.1', port: 8_001, path: '/x' });
  expect(found.others).toEqual([]);
  expect(found).not.toHaveProperty('hostStateUrls');
});

test('findHosts() finds further hosts, and the state of each', async () => {
  const further = ['ws://127.0.0.2:8002/x', 'ws://127.0.0.3:8003/x'];
  const admin = [await startAdmin('left'), await startAdmin('right')];
  const found = await findHosts({ target: TARGET, further, admin }, 'socketcluster');
  expect(found.others.map(({ host, port }) => `${host}:${port}`)).toEqual([
    '127.0.0.2:8002',
    '127.0.0.3:8003',
  ]);
  expect(found.hostStateUrls).toEqual(admin.map((url) => `${url}/state`));
});

test('findHosts() finds a host at each address of a name that stands for several, and one where the families differ', async () => {
  const one = await startAdmin('pod-a');
  const { port } = new URL(one);
  const other = await startAdmin('pod-b', '127.0.0.2', Number(port));
  const find = (addresses: { address: string; family: number }[]) =>
    findHosts(
      { target: TARGET, admin: [`http://localhost:${port}`] },
      'socketcluster',
      async () => addresses,
    );
  const [first, second] = ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 }));
  expect((await find([first!, second!])).hostStateUrls).toEqual([`${one}/state`, `${other}/state`]);
  const both = await find([first!, { address: '::1', family: 6 }]);
  expect(both.hostStateUrls).toEqual([`http://localhost:${port}/state`]);
});

test.each([
  ['ws://127.0.0.1:8002/y', 'wanted is the same protocol, path and user'],
  ['wss://127.0.0.1:8002/x', 'wanted is the same protocol, path and user'],
  ['ws://ann:secret@127.0.0.1:8002/x', 'wanted is the same protocol, path and user'],
  ['ws://192.0.2.1:8002/x', 'wanted is both on loopback or neither'],
])('findHosts() refuses "%s" as a host of the same target', async (url, words) => {
  await expect(findHosts({ target: TARGET, further: [url] }, 'socketcluster')).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: `Cannot use targets "${TARGET}" and "${url.replace('ann:secret@', '')}" as hosts of one: ${words}`,
  });
});

test('findHosts() takes one host without a name, and several only by names of their own', async () => {
  expect((await findNamed([undefined])).hostStateUrls).toHaveLength(1);
  expect((await findNamed(['left', 'right'])).hostStateUrls).toHaveLength(2);
  await expect(findNamed(['left', undefined])).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringMatching(
      /^Cannot tell the host at "http:.*\/state" from others: it has no name, wanted is an option hostName of its own$/,
    ),
  });
  await expect(findNamed(['left', 'left'])).rejects.toThrow('"left" is the name of another');
});

test('findHosts() refuses an admin endpoint that is none, or does not answer', async () => {
  const find = (admin: string) => findHosts({ target: TARGET, admin: [admin] }, 'socketcluster');
  await expect(find('127.0.0.1:9000')).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: 'Cannot use admin endpoint "127.0.0.1:9000": wanted is http://host:port',
  });
  await expect(find('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'TARGET_UNREACHABLE' });
});
