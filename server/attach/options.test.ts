import { expect, test } from 'vitest';
import { resolveAttachOptions } from './options.ts';

test('resolveAttachOptions() fills in the defaults of a cluster and a random secret of its own', () => {
  const [one, two] = [resolveAttachOptions({}), resolveAttachOptions({ authKey: undefined })];
  expect(one).toMatchObject({ path: '/socketcluster/', pingInterval: 8_000, appName: 'socketcluster' });
  expect([one.authKey, two.authKey]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.any(String)]);
  expect(one.authKey).not.toBe(two.authKey);
  expect(resolveAttachOptions({ authKey: 'mine', path: '/rt/' })).toMatchObject({
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
    pingInterval: 1,
  };
  expect(() => resolveAttachOptions(wrong)).toThrow(
    expect.objectContaining({
      code: 'OPTION_INVALID',
      message: [
        'Cannot use option "workers": it is for a cluster of processes, and this server runs in its caller\'s own',
        'Cannot use option "workerController": it is for a cluster of processes, and this server runs in its caller\'s own',
        'Cannot use option "port": the HTTP server listens where its owner says, wanted is an argument of its listen',
        'Cannot use option "orgins": there is no such option; did you mean "origins"?',
        'Cannot use option "stores": there is no such option',
        'Cannot use option "pingInterval": current value is 1, wanted is number >=100',
      ].join('\n'),
    }),
  );
});
