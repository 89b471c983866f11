import { expect, test } from 'vitest';
import { findTarget } from './find.ts';

test.each([
  ['ws://127.0.0.1:8000', '127.0.0.1', 8000, '/socketcluster/'],
  ['ws://127.0.0.1:8000?key=1', '127.0.0.1', 8000, '/socketcluster/?key=1'],
  ['ws://127.0.0.1:8000/', '127.0.0.1', 8000, '/'],
  ['WS://127.0.0.1:8000/?key=/', '127.0.0.1', 8000, '/?key=/'],
  ['ws://127.0.0.1:8000?key=/', '127.0.0.1', 8000, '/socketcluster/?key=/'],
  ['ws://127.0.0.1:8000/other/?key=1', '127.0.0.1', 8000, '/other/?key=1'],
  ['ws://127.0.0.1', '127.0.0.1', 80, '/socketcluster/'],
  ['wss://127.0.0.1', '127.0.0.1', 443, '/socketcluster/'],
  ['ws://[::1]:8000', '::1', 8000, '/socketcluster/'],
])('findTarget() reads %s', async (url, host, port, path) => {
  const target = await findTarget(url, 'socketcluster');
  expect(target).toMatchObject({ host, address: host, port, path });
  expect(new URL(target.url).pathname + new URL(target.url).search).toBe(path);
  expect(new URL(target.url).protocol).toBe(new URL(url).protocol);
  expect(target.stateUrl).toBeUndefined();
});

test('findTarget() leaves the path of a server of plain messages as it is', async () => {
  expect(await findTarget('ws://127.0.0.1:1/?a=1', 'websocket')).toMatchObject({ path: '/?a=1' });
  expect(await findTarget('ws://127.0.0.1:1?a=1', 'websocket')).toMatchObject({ path: '/?a=1' });
});

test('findTarget() looks the host up, so that loopback is known by whatever name', async () => {
  expect((await findTarget('ws://localhost:8000/', 'socketcluster')).address).toMatch(/^(127\.|::1$)/);
});

test.each(['http://127.0.0.1/', '127.0.0.1:8000', 'ws://', ''])('findTarget() refuses "%s"', async (url) => {
  await expect(findTarget(url, 'socketcluster')).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: `Cannot use target "${url}": wanted is ws://host:port/path or wss://…`,
  });
});

test('findTarget() keeps who asks out of the URL and ready for a header', async () => {
  const target = await findTarget('ws://anna:pw@127.0.0.1:8000', 'socketcluster');
  expect(target.url).toBe('ws://127.0.0.1:8000/socketcluster/');
  expect(target.authorization).toEqual({ Authorization: 'Basic YW5uYTpwdw==' });
});

test('findTarget() says that nobody knows a host', async () => {
  const found = findTarget('ws://nosuch.invalid/', 'socketcluster');
  await expect(found).rejects.toMatchObject({ code: 'TARGET_UNREACHABLE' });
});

test('findTarget() complains of a URL without the secrets in it', async () => {
  await expect(findTarget('http://anna:pw@host/?token=abc', 'socketcluster')).rejects.toThrow(
    'Cannot use target "http://[redacted]@host/?token=[redacted]": wanted is',
  );
  await expect(findTarget('ws://anna:pw@nosuch.invalid/?token=abc', 'socketcluster')).rejects.toThrow(
    'Cannot reach target "ws://[redacted]@nosuch.invalid/?token=[redacted]": no address is known',
  );
});
