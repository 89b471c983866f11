import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { certificate } from '../drivers/wire/testing.ts';
import { type BusWishes, parseBusUrl } from './address.ts';
import { type Bus, joinBus } from './connection.ts';
import { freePort, startNats, type TestNats } from './testing.ts';

const FACT = { timeout: 20_000, interval: 10 };
const servers: TestNats[] = [];
const members: Bus[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bus-'));
});
afterEach(async () => {
  for (const bus of members.splice(0)) await bus.close();
  for (const server of servers.splice(0)) await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(...words: string[]): Promise<TestNats> {
  const server = await startNats(...words);
  servers.push(server);
  return server;
}

async function joined(url: string, wishes: BusWishes = {}): Promise<Bus> {
  const bus = await joinBus(parseBusUrl(url, wishes), 'test');
  members.push(bus);
  return bus;
}

test('joinBus() brings words, questions and answers, within one cluster only', async () => {
  const { url } = await serve();
  const [one, other, stranger] = [
    await joined(url),
    await joined(url),
    await joined(url, { cluster: 'red' }),
  ];
  const heard: unknown[] = [];
  one.subscribe(one.subjects.roll, (value, answer) => {
    heard.push(value);
    answer({ got: value });
  });
  await one.flush();
  expect(await other.request(other.subjects.roll, { n: 1 }, 5_000)).toEqual({ got: { n: 1 } });
  expect(await other.requestAll(other.subjects.roll, { n: 2 }, 200)).toEqual([{ got: { n: 2 } }]);
  expect(await stranger.requestAll(stranger.subjects.roll, { n: 3 }, 200)).toEqual([]);
  expect(heard).toEqual([{ n: 1 }, { n: 2 }]);
  await expect(stranger.request(stranger.subjects.roll, {}, 5_000)).rejects.toThrow();
});

test('joinBus() ends what it subscribed to, and forgets what is said after it closed', async () => {
  const { url } = await serve();
  const bus = await joined(url);
  const heard: unknown[] = [];
  const end = bus.subscribe('x', (value) => heard.push(value));
  bus.publish('x', { n: 1 });
  await vi.waitFor(() => expect(heard).toEqual([{ n: 1 }]), FACT);
  end();
  bus.publish('x', { n: 2 });
  await bus.flush();
  await bus.close();
  bus.publish('x', { n: 3 });
  end();
  expect(heard).toEqual([{ n: 1 }]);
  expect(bus.isConnected).toBe(false);
});

test('joinBus() comes back by itself after NATS was started anew, with all it listens to', async () => {
  const server = await serve();
  const [one, other] = [await joined(server.url), await joined(server.url)];
  const changes: boolean[] = [];
  const heard: unknown[] = [];
  one.onChange((isConnected) => changes.push(isConnected));
  one.subscribe('x', (value) => heard.push(value));
  await server.kill();
  await vi.waitFor(() => expect(changes).toEqual([false]), FACT);
  expect(one.isConnected).toBe(false);
  await server.start();
  await vi.waitFor(() => expect([changes, other.isConnected]).toEqual([[false, true], true]), FACT);
  await one.flush();
  other.publish('x', { n: 1 });
  await vi.waitFor(() => expect(heard).toContainEqual({ n: 1 }), FACT);
});

test('joinBus() says what is wrong in one sentence, without secrets', async () => {
  const { port } = await serve('--user', 'ann', '--pass', 'right');
  const refused = {
    code: 'BUS_UNREACHABLE',
    message: `Cannot join NATS at "127.0.0.1:${port}": it does not take these credentials, wanted are ones that it knows`,
  };
  await expect(joined(`nats://ann:wrong@127.0.0.1:${port}`)).rejects.toMatchObject(refused);
  await expect(joined(`nats://127.0.0.1:${port}`)).rejects.toMatchObject(refused);
  expect((await joined(`nats://ann:right@127.0.0.1:${port}`)).isConnected).toBe(true);
  const nobody = await freePort();
  await expect(joined(`nats://127.0.0.1:${nobody}`)).rejects.toMatchObject({
    code: 'BUS_UNREACHABLE',
    message: expect.stringMatching(
      /^Cannot join NATS at "127\.0\.0\.1:\d+": .*, wanted is a NATS server that takes/,
    ),
  });
});

test('joinBus() takes a token', async () => {
  const { port } = await serve('--auth', 's3cret');
  expect((await joined(`nats://s3cret@127.0.0.1:${port}`)).isConnected).toBe(true);
  await expect(joined(`nats://other@127.0.0.1:${port}`)).rejects.toMatchObject({ code: 'BUS_UNREACHABLE' });
});

test('joinBus() takes a file with token and key', async () => {
  const [operator, account, user] = [nkeys.createOperator(), nkeys.createAccount(), nkeys.createUser()];
  const unlimited = { subs: -1, data: -1, payload: -1 };
  const limits = { ...unlimited, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
  const config = join(folder, 'nats.conf');
  const known = signed(operator, account, { type: 'account', limits });
  writeFileSync(
    config,
    `operator: ${signed(operator, operator, { type: 'operator' })}
resolver: MEMORY
resolver_preload: { ${account.getPublicKey()}: ${known} }`,
  );
  const { url } = await serve('--config', config);
  const credentials = join(folder, 'user.creds');
  const block = (name: string, text: string): string =>
    `-----BEGIN ${name}-----\n${text}\n------END ${name}------\n`;
  const token = signed(account, user, { type: 'user', pub: {}, sub: {}, ...unlimited });
  const seed = new TextDecoder().decode(user.getSeed());
  writeFileSync(credentials, `${block('NATS USER JWT', token)}\n${block('USER NKEY SEED', seed)}`);
  expect((await joined(url, { credentials })).isConnected).toBe(true);
  await expect(joined(url)).rejects.toMatchObject({ code: 'BUS_UNREACHABLE' });
});

/** A token of NATS about one key, signed by another. */
function signed(issuer: nkeys.KeyPair, subject: nkeys.KeyPair, nats: object): string {
  const write = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    jti: 'test',
    iat: Math.floor(Date.now() / 1_000),
    iss: issuer.getPublicKey(),
    sub: subject.getPublicKey(),
    name: 'test',
    nats: { version: 2, ...nats },
  };
  const text = `${write({ typ: 'JWT', alg: 'ed25519-nkey' })}.${write(claims)}`;
  return `${text}.${Buffer.from(issuer.sign(Buffer.from(text))).toString('base64url')}`;
}

test('joinBus() speaks over an encrypted line only to a server that somebody vouches for', async () => {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(cert, certificate.cert);
  writeFileSync(key, certificate.key);
  const { port } = await serve('--tls', '--tlscert', cert, '--tlskey', key);
  expect((await joined(`tls://localhost:${port}`, { ca: cert })).isConnected).toBe(true);
  await expect(joined(`tls://localhost:${port}`)).rejects.toMatchObject({
    code: 'BUS_UNREACHABLE',
    message: expect.stringContaining('self-signed certificate'),
  });
  const open = await serve();
  await expect(joined(`tls://localhost:${open.port}`)).rejects.toMatchObject({ code: 'BUS_UNREACHABLE' });
});

test('joinBus() tells what NATS complains of', async () => {
  const config = join(folder, 'nats.conf');
  writeFileSync(
    config,
    'authorization { users = [{ user: a, password: b, permissions: { publish: "scbench.blue.>", subscribe: "scbench.blue.>" } }] }',
  );
  const { port } = await serve('--config', config);
  const url = `nats://a:b@127.0.0.1:${port}`;
  const [blue, red] = [await joined(url, { cluster: 'blue' }), await joined(url, { cluster: 'red' })];
  blue.subscribe(blue.subjects.roll, (_, answer) => answer({ n: 1 }));
  await blue.flush();
  expect(await blue.requestAll(blue.subjects.roll, {}, 200)).toEqual([{ n: 1 }]);
  expect(await red.requestAll(red.subjects.roll, {}, 200)).toEqual([]);
  expect(red.complaint).toMatch(/permissions violation/i);
  expect(blue.complaint).toBe('');
});

test('joinBus() refuses a server that would not take what has to be said', async () => {
  const config = join(folder, 'nats.conf');
  writeFileSync(config, 'max_payload: 65536');
  const { port, url } = await serve('--config', config);
  await expect(joined(url)).rejects.toMatchObject({
    code: 'BUS_UNREACHABLE',
    message: `Cannot join NATS at "127.0.0.1:${port}": it takes messages of 65536 bytes at most, wanted is a "max_payload" of 760000 or more`,
  });
});

test('joinBus() names a file that it cannot read, before it asks anybody', async () => {
  const nothing = join(folder, 'none');
  const refused = {
    code: 'OPTION_INVALID',
    message: `Cannot join NATS with "${nothing}": wanted is a file that can be read (ENOENT)`,
  };
  for (const wish of ['credentials', 'ca', 'cert', 'key'])
    await expect(joined('nats://127.0.0.1:1', { [wish]: nothing })).rejects.toMatchObject(refused);
});

test('Bus.flush() waits for no server that is away', async () => {
  const server = await serve();
  const bus = await joined(server.url);
  await server.kill();
  await vi.waitFor(() => expect(bus.isConnected).toBe(false), FACT);
  await expect(bus.flush()).rejects.toMatchObject({
    code: 'BUS_UNREACHABLE',
    message: expect.stringMatching(`^Lost NATS at "127.0.0.1:${server.port}": `),
  });
});
