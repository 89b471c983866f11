import { expect, test } from 'vitest';
import { driverOptions } from '../testing.ts';
import { ClientOptionsMaker } from './client-options.ts';

test('ClientOptionsMaker keeps path, query, address and trust of the target', () => {
  const maker = new ClientOptionsMaker(
    driverOptions({
      port: 1,
      target: { host: '::1', port: 1, path: '/sc/?a=1', secure: true, insecure: true },
      address: '::1',
      connect: { query: { b: '2' }, headers: { 'X-Key': 'k' } },
    }),
  );
  const options = maker.make(0, '127.0.0.4');
  expect(options).toMatchObject({ hostname: '[::1]', path: '/sc/', secure: true, protocolVersion: 2 });
  expect(options.query).toEqual({ a: '1', b: '2' });
  expect(options.wsOptions).toMatchObject({
    headers: { 'X-Key': 'k' },
    localAddress: '127.0.0.4',
    rejectUnauthorized: false,
  });
  const { lookup } = options.wsOptions as { lookup: (...parameters: unknown[]) => void };
  const found: unknown[] = [];
  lookup('any', { all: true }, (_error: null, addresses: unknown) => found.push(addresses));
  lookup('any', {}, (_error: null, ...one: unknown[]) => found.push(one));
  expect(found).toEqual([[{ address: '::1', family: 6 }], ['::1', 6]]);
});

test('ClientOptionsMaker goes to the next host with each connection', () => {
  const target = { host: 'a', port: 1, path: '/', secure: false, others: [{ host: 'b', port: 2 }] };
  const maker = new ClientOptionsMaker(driverOptions({ port: 1, target }));
  const of = (user: number) => maker.make(user, undefined);
  expect([of(0), of(1), of(1), of(0)].map(({ hostname, port }) => [hostname, port])).toEqual([
    ['a', 1],
    ['b', 2],
    ['a', 1],
    ['b', 2],
  ]);
});

test('ClientOptionsMaker asks for a login until the server gave a token', async () => {
  const maker = new ClientOptionsMaker(driverOptions({ port: 1, connect: { login: { event: 'login' } } }));
  const { authEngine } = maker.make(0, undefined);
  expect([maker.needsLogin(0), await authEngine.loadToken('')]).toEqual([true, null]);
  await authEngine.saveToken('', 't');
  expect([maker.needsLogin(0), await authEngine.loadToken('')]).toEqual([false, 't']);
  expect(await authEngine.removeToken('')).toBe('t');
  expect(maker.needsLogin(0)).toBe(true);
});
