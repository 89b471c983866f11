import { expect, test } from 'vitest';
import { type AttachOptions, resolveAttachOptions } from './options.ts';

const resolve = (options: AttachOptions) => resolveAttachOptions(options, () => undefined);

test('resolveAttachOptions() fills in the defaults of a cluster and a random secret of its own', () => {
  const [one, two] = [resolve({}), resolve({ authKey: undefined })];
  expect(one).toMatchObject({ path: '/socketcluster/', pingInterval: 8_000, appName: 'socketcluster' });
  expect([one.authKey, two.authKey]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.any(String)]);
  expect(one.authKey).not.toBe(two.authKey);
  expect(resolve({ authKey: 'mine', path: '/rt/' })).toMatchObject({
    authKey: 'mine',
    path: '/rt/',
  });
});

test('resolveAttachOptions() refuses by name what means nothing here, together with wrong values', () => {
  const wrong = {
    workers: 2,
    workerController: 'a.js',
    port: 8000,
    orgins: '*:*',
    stores: 1,
    sessionHeartRate: 4,
    pingInterval: 1,
  };
  expect(() => resolve(wrong as AttachOptions)).toThrow(
    expect.objectContaining({
      code: 'OPTION_INVALID',
      message: [
        'Cannot use option "sessionHeartRate": a session knows its sockets and needs no heartbeat; see sessionTimeout',
        'Cannot use option "pingInterval": current value is 1, wanted is a whole number from 100 to 2147483647',
        'Cannot use option "brokers": it is for a cluster of processes, and this server runs in its caller\'s own',
        'Cannot use option "workers": it is for a cluster of processes, and this server runs in its caller\'s own',
        'Cannot use option "workerController": it is for a cluster of processes, and this server runs in its caller\'s own',
        'Cannot use option "port": the HTTP server listens where its owner says, wanted is an argument of its listen',
        'Cannot use option "orgins": there is no such option; did you mean "origins"?',
      ].join('\n'),
    }),
  );
});

test('resolveAttachOptions() knows older names and warns of what has no effect, as a cluster does', () => {
  const warnings: string[] = [];
  const old = { heartbeatInterval: 5, authSignAsync: true, wsEngine: 'sc-uws' } as unknown as AttachOptions;
  const options = resolveAttachOptions(old, (sentence) => warnings.push(sentence));
  expect(options).toMatchObject({ pingInterval: 5_000, wsEngine: 'lean' });
  expect(warnings).toEqual([
    'Option "authSignAsync" has no effect: tokens are signed at once, without a callback',
    'Value "sc-uws" of option "wsEngine" has no effect: it is of another engine, and lean does its work',
  ]);
});

test('resolveAttachOptions() takes functions, as no other process needs them', () => {
  const verifyClient = () => true;
  expect(resolve({ wsEngineServerOptions: { verifyClient } }).wsEngineServerOptions).toEqual({
    verifyClient,
  });
});
