import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ClusterError } from '../errors/index.ts';
import { resolveOptions } from './resolve.ts';
import { schema } from './schema.ts';

const VALID = { workerController: 'app.js' };

/** What is wrong with options, one sentence each. */
function problemsOf(options: Record<string, unknown>): string[] {
  try {
    resolveOptions(options);
  } catch (error) {
    expect((error as ClusterError).code).toBe('OPTION_INVALID');
    return (error as ClusterError).message.split('\n');
  }
  return [];
}

test('resolveOptions() fills in every default and freezes the result', () => {
  const options = resolveOptions(VALID);
  expect(options).toMatchObject({ port: 8000, workers: 1, brokers: 1, path: '/socketcluster/' });
  expect(Object.isFrozen(options)).toBe(true);
});

test('resolveOptions() says what a required option is for', () => {
  expect(problemsOf({})).toEqual([
    'Cannot start without option "workerController": file with run(worker), the application; CommonJS or ESM',
  ]);
});

test('resolveOptions() names value and want of every option that is wrong, all at once', () => {
  const problems = problemsOf({
    ...VALID,
    workers: 0,
    port: 'x',
    path: 'abc',
    pingInterval: 1_000.5,
    maxPayload: 2 ** 40,
    protocolVersion: 3,
    schedulingPolicy: 'random',
    origins: [5],
  });
  const sentence = (name: string, current: string, wanted: string): string =>
    `Cannot use option "${name}": current value is ${current}, wanted is ${wanted}`;
  expect(problems.toSorted()).toEqual(
    [
      sentence('workers', '0', 'a whole number from 1 to 1000'),
      sentence('port', "'x'", 'a whole number from 0 to 65535'),
      sentence('path', "'abc'", 'text that must start with "/"'),
      sentence('pingInterval', '1000.5', 'a whole number from 100 to 2147483647'),
      sentence('maxPayload', '1099511627776', 'a whole number from 128 to 1073741824'),
      sentence('protocolVersion', '3', '1 or 2 or "auto"'),
      sentence('schedulingPolicy', "'random'", 'one of "rr"|"none"'),
      sentence('origins', '[ 5 ]', 'string or list of string'),
    ].toSorted(),
  );
});

test('resolveOptions() never throws anything but its own error, whatever the values', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  for (const value of [1n, circle, () => 1, Symbol('x'), Number.NaN, new Date(Number.NaN)]) {
    for (const name of Object.keys(schema.shape)) {
      expect(problemsOf({ ...VALID, [name]: value })).toHaveLength(1);
    }
  }
});

test('resolveOptions() does not write secrets into its message', () => {
  for (const name of ['authKey', 'authPrivateKey']) {
    const [problem] = problemsOf({ ...VALID, [name]: Buffer.from('tops') });
    expect(problem).toBe(`Cannot use option "${name}": current value is hidden, wanted is string`);
  }
});

test('resolveOptions() names what contradicts beside what is wrong by itself', () => {
  const wrong = { pingInterval: 30_000, pingTimeout: 20_000, workers: 0, balancerController: 'x' };
  expect(problemsOf(wrong)).toEqual([
    'Cannot use option "workers": current value is 0, wanted is a whole number from 1 to 1000',
    expect.stringContaining('Cannot start without option "workerController"'),
    'Cannot use option "pingTimeout": current value is 20000, wanted is at least 37500, a quarter more than pingInterval',
    'Cannot use option "balancerController": balancers are 0, wanted is one at least',
  ]);
  // What is wrong by itself contradicts nothing.
  expect(problemsOf({ ...VALID, pingInterval: 'x', pingTimeout: 200 })).toHaveLength(1);
});

test('resolveOptions() wants an object', () => {
  for (const [given, shown] of [
    [null, 'null'],
    [undefined, 'undefined'],
    ['x', "'x'"],
    [8_000, '8000'],
    [[1], '[ 1 ]'],
  ] as const) {
    expect(() => resolveOptions(given)).toThrow(
      `Cannot take options from ${shown}: wanted is an object, such as { port: 8000 }`,
    );
  }
});

test('resolveOptions() refuses what would be lost on the way to other processes, by its path', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  for (const [value, misfit] of [
    [{ verifyClient: () => true }, '"verifyClient" is a function'],
    [{ a: [{ b: 1n }] }, '"a.0.b" is a bigint'],
    [{ a: new Map() }, '"a" is a Map'],
    [{ a: circle }, '"a.self" is what it lies in'],
  ] as const) {
    for (const name of ['wsEngineServerOptions', 'perMessageDeflate', 'protocolOptions']) {
      expect(problemsOf({ ...VALID, [name]: value }).join()).toContain(
        `an object that goes into JSON, where ${misfit}`,
      );
    }
  }
  expect(problemsOf({ ...VALID, perMessageDeflate: 3 }).join()).toMatch(/wanted is boolean or object$/);
});

test('resolveOptions() refuses origins that would lock everybody out', () => {
  for (const origins of ['', ' ', [], 'foo.com', 'http://foo', ['a:1', 'b'], '*']) {
    expect(problemsOf({ ...VALID, origins }).join()).toMatch(
      /wanted is host:port, host:\* or \*:port, one or several$/,
    );
  }
  for (const origins of ['*:*', 'foo.com:*', '*:8000, foo.com:80', ['[::1]:8000', 'localhost:*']]) {
    expect(problemsOf({ ...VALID, origins })).toEqual([]);
  }
});

test('resolveOptions() refuses an address that is none, one port for two, and a limit below any worker', () => {
  expect(problemsOf({ ...VALID, host: '' }).join()).toContain('wanted is text, not empty');
  expect(problemsOf({ ...VALID, port: 9_000, adminPort: 9_000 })).toEqual([
    'Cannot use option "adminPort": current value is 9000, wanted is another than that of port',
  ]);
  expect(problemsOf({ ...VALID, port: 0, adminPort: 0 })).toEqual([]);
  expect(problemsOf({ ...VALID, killWorkerMemoryThreshold: 100 }).join()).toContain('from 67108864');
});

test('resolveOptions() suggests the option that a typo most likely meant', () => {
  expect(
    problemsOf({ ...VALID, worker: 2, Port: 1, wholly: 3, constructor: 4, foo: 5, ['__proto__']: 6 }),
  ).toEqual([
    'Cannot use option "worker": there is no such option; did you mean "workers"?',
    'Cannot use option "Port": there is no such option; did you mean "port"?',
    'Cannot use option "wholly": there is no such option',
    'Cannot use option "constructor": there is no such option',
    'Cannot use option "foo": there is no such option',
    'Cannot use option "__proto__": there is no such option',
  ]);
});

test('resolveOptions() understands the older names of what concerns brokers', () => {
  const old = { stores: 3, storeController: 'store.js' };
  expect(resolveOptions({ ...VALID, ...old })).toMatchObject({ brokers: 3, brokerController: 'store.js' });
});

test('resolveOptions() refuses a balancer controller that no balancer would run', () => {
  expect(resolveOptions({ ...VALID, balancers: 2, balancerController: 'wall.js' }).balancers).toBe(2);
  expect(problemsOf({ ...VALID, balancerController: 'wall.js' })).toEqual([
    'Cannot use option "balancerController": balancers are 0, wanted is one at least',
  ]);
});

test('resolveOptions() tells at once what TLS will not take, and keeps keys to itself', () => {
  const problemWith = (protocolOptions: unknown): string =>
    problemsOf({ ...VALID, protocol: 'https', protocolOptions }).join();
  expect(problemWith({})).toContain('there is no key with a certificate');
  expect(problemWith({ key: 'k', cert: 'c' })).toContain('TLS refuses them');
  expect(problemWith({ SNICallback: () => {} })).toContain('"SNICallback" is a function');
  expect(problemWith('top secret')).not.toContain('top secret');
});

test('resolveOptions() refuses a pingTimeout that leaves a ping no time to be late', () => {
  for (const pingTimeout of [4_000, 5_000, 6_249]) {
    expect(problemsOf({ ...VALID, pingInterval: 5_000, pingTimeout })).toEqual([
      `Cannot use option "pingTimeout": current value is ${pingTimeout}, wanted is at least 6250, a quarter more than pingInterval`,
    ]);
  }
  expect(problemsOf({ ...VALID, pingInterval: 5_000, pingTimeout: 6_250 })).toEqual([]);
});

test('resolveOptions() takes limits far above their defaults', () => {
  const limits = {
    socketChannelLimit: 100_000,
    channelNameLimit: 21_845,
    socketChannelNamesLimit: 10_000_000,
  };
  expect(resolveOptions({ ...VALID, ...limits })).toMatchObject(limits);
});

test('resolveOptions() gives options that keep clients from what the application did not allow', () => {
  // Each default that keeps strangers out, or bounds what one client can cost; a change here is a decision.
  const options = resolveOptions(VALID);
  expect(options).toMatchObject({
    addSessionToHTTPRequest: true,
    authDefaultExpiry: 86_400,
    channelNameLimit: 16_384,
    crashWorkerOnError: true,
    handshakeTimeout: 10_000,
    maxPayload: 262_144,
    middlewareTimeout: 10_000,
    outboundHardLimit: 1_048_576,
    outboundSoftLimit: 262_144,
    perMessageDeflate: false,
    pingTimeoutDisabled: false,
    socketChannelLimit: 1_000,
    socketChannelNamesLimit: 262_144,
    wsEngineServerOptions: {},
  });
  // No key is known to everybody: the master makes them at random for the whole cluster. No algorithm but its own.
  for (const name of ['authKey', 'secretKey', 'authVerifyAlgorithms']) {
    expect(options).not.toHaveProperty(name);
  }
  // Those that are wide, as stock clients and the applications of the sources need them (server/README.md).
  expect(options).toMatchObject({ allowClientPublish: true, origins: '*:*', addressSocketLimit: 0 });
});

test('resolveOptions() refuses options that contradict each other', () => {
  expect(problemsOf({ ...VALID, outboundSoftLimit: 4_096, outboundHardLimit: 2_048 })).toEqual([
    'Cannot use option "outboundHardLimit": current value is 2048, wanted is at least outboundSoftLimit, 4096',
  ]);
  expect(problemsOf({ ...VALID, authPublicKey: 'x' })).toEqual([
    'Cannot use a key pair by half: authPrivateKey and authPublicKey are given together or not at all',
  ]);
});

test('resolveOptions() refuses an algorithm that does not go with the keys', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const pair = {
    authPrivateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    authPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
  for (const fits of [{}, { authAlgorithm: 'HS512' }, { ...pair, authAlgorithm: 'ES256' }]) {
    expect(problemsOf({ ...VALID, ...fits })).toEqual([]);
  }
  expect(problemsOf({ ...VALID, authAlgorithm: 'RS256' })).toEqual([
    'Cannot use option "authAlgorithm": current value is "RS256", wanted is one of HS without a key pair',
  ]);
  expect(problemsOf({ ...VALID, ...pair, authAlgorithm: 'HS256' })).toEqual([
    'Cannot use option "authAlgorithm": current value is "HS256", wanted is one of RS, ES or PS with a key pair',
  ]);
  expect(problemsOf({ ...VALID, authAlgorithm: 'EdDSA' })).toHaveLength(1); // which jsonwebtoken does not know
});

test('resolveOptions() tells at once of a key that is none, and keeps it to itself', () => {
  const [problem, ...others] = problemsOf({ ...VALID, authPrivateKey: 'top secret', authPublicKey: 'x' });
  expect(problem).toMatch(
    /^Cannot use option "authPrivateKey": its value, hidden here, is no private key; wanted is one in PEM/,
  );
  expect(problem).not.toMatch(/top secret|error:|DECODER/);
  expect(others).toEqual([]);
});

test('resolveOptions() takes null for an option that is not given', () => {
  const options = resolveOptions({ ...VALID, host: null, maxPayload: null, pollingDuration: null });
  expect(options).toMatchObject({ maxPayload: 262_144 });
  expect(options).not.toHaveProperty('host');
  expect(problemsOf({ workerController: null })).toHaveLength(1);
});

test('resolveOptions() says why a retired option is refused, beside what else is wrong', () => {
  expect(problemsOf({ ...VALID, sessionHeartRate: 4, workers: 0 })).toEqual([
    'Cannot use option "sessionHeartRate": a session knows its sockets and needs no heartbeat; see sessionTimeout',
    'Cannot use option "workers": current value is 0, wanted is a whole number from 1 to 1000',
  ]);
});

test('resolveOptions() warns of options that are taken and change nothing', () => {
  const warnings: string[] = [];
  resolveOptions({ ...VALID, transports: ['polling', 'websocket'] }, (warning) => warnings.push(warning));
  expect(warnings).toEqual(['Option "transports" has no effect: only WebSocket is spoken']);
});

test('resolveOptions() takes no algorithm that would check a token with the key of another kind', () => {
  const accepts = (names: string[], others = {}): string[] =>
    problemsOf({ ...VALID, authVerifyAlgorithms: names, ...others });
  expect(accepts(['HS256', 'HS512'])).toEqual([]);
  expect(accepts(['HS256', 'RS256'])).toEqual([
    'Cannot use option "authVerifyAlgorithms": it names "RS256", which does not go with the keys that sign',
  ]);
  expect(accepts(['RS256', 'HS256'], { authPrivateKey: 'x', authPublicKey: 'y' })).toContain(
    'Cannot use option "authVerifyAlgorithms": it names "HS256", which does not go with the keys that sign',
  );
});

test('resolveOptions() minds no silence that ends nobody', () => {
  expect(problemsOf({ ...VALID, pingTimeout: 1_000, pingTimeoutDisabled: true })).toEqual([]);
});
