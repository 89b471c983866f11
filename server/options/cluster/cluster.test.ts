import { expect, test } from 'vitest';
import { resolveOptions } from '../resolve.ts';

const RIGHT = { engine: 'nats', servers: ['nats://10.0.0.1:4222', 'tls://[::1]:4222', 'nats.example'] };

/** What is wrong with the option. */
function problemOf(cluster: unknown, others: object = { authKey: 'shared' }): string | undefined {
  try {
    resolveOptions({ workerController: 'app.js', ...others, cluster });
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

test('clusterOption takes NATS with a name of its own', () => {
  const resolve = (cluster: object) =>
    resolveOptions({
      workerController: 'app.js',
      authKey: 'shared',
      cluster: { ...RIGHT, ...cluster } as never,
    });
  expect(resolve({}).cluster).toEqual({ ...RIGHT, name: 'socketcluster' });
  expect(resolve({ servers: '10.0.0.1', name: 'shop-2' }).cluster?.name).toBe('shop-2');
  for (const credentials of [
    { user: 'a', password: 'b' },
    { token: 't' },
    { nkey: 'SU' },
    { file: 'a.creds' },
  ]) {
    expect(resolve({ credentials }).cluster?.credentials).toEqual(credentials);
  }
  expect(resolve({ tls: { caFile: 'ca.pem', rejectUnauthorized: true } }).cluster?.tls).toBeDefined();
});

test.each([
  ['cluster.engine', { engine: 'redis' }, `current value is 'redis', wanted is "nats"`],
  ['cluster.servers', { servers: [] }, 'current value is hidden, wanted is '],
  ['cluster.servers', { servers: 'nats://me:secret@host' }, 'without credentials'],
  ['cluster.name', { name: 'a.b' }, "current value is 'a.b', wanted is 1 to 64 letters, digits, _ or -"],
  [
    'cluster.credentials',
    { credentials: { user: 'a' } },
    'current value is hidden, wanted is user with password',
  ],
  ['cluster.credentials', { credentials: { token: 'a', nkey: 'b' } }, 'and no two of them'],
  ['cluster.credentials', { credentials: { tokn: 'a' } }, 'wanted is one without "tokn"'],
  ['cluster.tls', { tls: { cert: 'x' } }, 'wanted is cert with key'],
  ['cluster', { server: 'x' }, 'wanted is one without "server"'],
])('clusterOption refuses what is wrong with %s in one sentence: %j', (name, changes, words) => {
  const problem = problemOf({ ...RIGHT, ...changes });
  expect(problem).toContain(`Cannot use option "${name}": `);
  expect(problem).toContain(words);
  expect(problem?.split('\n')).toHaveLength(1);
});

test('clusterOption wants keys of tokens that all hosts have', () => {
  expect(problemOf(RIGHT, {})).toBe(
    'Cannot use option "cluster": there is no authKey, wanted is one that all hosts have, or a key pair, as they would refuse each other\'s tokens',
  );
});
