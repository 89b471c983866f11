import { expect, test } from 'vitest';
import { ClusterError } from '../errors/index.ts';
import { type ClientOptions, resolveOptions } from './options.ts';

test('resolveOptions() fills in the documented defaults', () => {
  expect(resolveOptions({})).toMatchObject({
    hostname: 'localhost',
    port: 80,
    path: '/socketcluster/',
    secure: false,
    connectTimeout: 20_000,
    ackTimeout: 10_000,
    autoReconnectOptions: { initialDelay: 10_000, randomness: 10_000, multiplier: 1.5, maxDelay: 60_000 },
    authTokenName: 'socketCluster.authToken',
    multiplex: true,
    batchInterval: 50,
  });
  expect(resolveOptions({ secure: true }).port).toBe(443);
});

test('resolveOptions() takes address defaults from the page in a browser', () => {
  const page = { protocol: 'https:', hostname: 'example.org', port: '8443' };
  expect(resolveOptions({}, page)).toMatchObject({ hostname: 'example.org', port: 8443, secure: true });
  expect(resolveOptions({}, { ...page, port: '' })).toMatchObject({ port: 443 });
  expect(resolveOptions({ hostname: 'other', port: 1, secure: false }, page)).toMatchObject({
    hostname: 'other',
    port: 1,
    secure: false,
  });
});

test('resolveOptions() takes undefined for not given and completes autoReconnectOptions', () => {
  const given = { hostname: undefined, autoReconnectOptions: { maxDelay: 5 } } as unknown as ClientOptions;
  expect(resolveOptions(given)).toMatchObject({
    hostname: 'localhost',
    autoReconnectOptions: { initialDelay: 10_000, maxDelay: 5 },
  });
});

test.for([null, 8000, 'localhost:8000'])('resolveOptions() refuses %j in place of options', (given) => {
  expect(() => resolveOptions(given as never)).toThrow(/^Cannot create a client .* wanted is an object/);
});

test('resolveOptions() names all that is wrong in one ClusterError', () => {
  const given = {
    hostName: 'a',
    port: 0,
    host: 'a:1',
    autoReconnectOptions: { multiplier: 0 },
  } as ClientOptions;
  try {
    resolveOptions(given);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ClusterError);
    expect(error).toMatchObject({ code: 'OPTION_INVALID' });
    expect((error as Error).message.split('\n')).toEqual([
      expect.stringContaining('did you mean "hostname"?'),
      expect.stringContaining('"port": current value is 0'),
      expect.stringContaining('wanted are "hostname" and "port"'),
      expect.stringContaining('"autoReconnectOptions.multiplier": current value is 0'),
    ]);
  }
});
