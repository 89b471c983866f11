/** Who gets into a real nats-server, and what those hear that do not. */
import { createPrivateKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { expect, onTestFinished, test } from 'vitest';
import type { ClusterOption } from '../../../options/index.ts';
import { makeCertificate } from '../../../testing.ts';
import { makeFolder } from '../../testing.ts';
import { startNats } from '../testing.ts';
import { dial } from './dial.ts';

/** Sends a message from one connection to another one. */
async function talk(cluster: ClusterOption): Promise<string> {
  const [one, other] = await Promise.all([dial(cluster, 'one', () => {}), dial(cluster, 'other', () => {})]);
  onTestFinished(async () => {
    await Promise.all([one.close(), other.close()]);
  });
  const taken = new Promise<string>((resolve) => {
    other.subscribe('sc.test.all', (bytes) => resolve(bytes.toString()));
  });
  await other.confirm();
  one.publish('sc.test.all', Buffer.from('heard'));
  return taken;
}

const refusalOf = (cluster: ClusterOption): Promise<unknown> =>
  dial(cluster, 'stranger', () => {}).then(
    () => 'let in',
    (error: unknown) => error,
  );

/** Key and certificate as a server wants them, for localhost. */
async function makeServerFiles() {
  const { key, cert, passphrase } = makeCertificate('secret');
  const plain = createPrivateKey({ key, passphrase }).export({ type: 'pkcs8', format: 'pem' }).toString();
  const folder = await makeFolder();
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  await Promise.all([writeFile(keyFile, plain), writeFile(certFile, cert)]);
  return { key, cert, passphrase, keyFile, certFile };
}

/** Makes an operator with one account and one user, as tokens signed by hand. */
function makeCredentials(): { settings: string[]; credentials: string } {
  const [operator, account, user] = [nkeys.createOperator(), nkeys.createAccount(), nkeys.createUser()];
  const free = { subs: -1, data: -1, payload: -1 };
  const limits = { ...free, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
  const operatorToken = signToken(operator, operator, { type: 'operator' });
  const accountToken = signToken(account, operator, { type: 'account', limits });
  const userToken = signToken(user, account, { type: 'user', pub: {}, sub: {}, ...free });
  return {
    settings: [
      `operator: ${operatorToken}`,
      'resolver: MEMORY',
      `resolver_preload: { ${account.getPublicKey()}: ${accountToken} }`,
    ],
    credentials: [
      '-----BEGIN NATS USER JWT-----',
      userToken,
      '------END NATS USER JWT------',
      '',
      '-----BEGIN USER NKEY SEED-----',
      Buffer.from(user.getSeed()).toString(),
      '------END USER NKEY SEED------',
      '',
    ].join('\n'),
  };
}

type Key = ReturnType<typeof nkeys.createUser>;

function signToken(subject: Key, issuer: Key, nats: object): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    jti: subject.getPublicKey(),
    iat: Math.floor(Date.now() / 1_000),
    iss: issuer.getPublicKey(),
    sub: subject.getPublicKey(),
    name: 'test',
    nats: { ...nats, version: 2 },
  };
  const content = `${encode({ typ: 'JWT', alg: 'ed25519-nkey' })}.${encode(claims)}`;
  return `${content}.${Buffer.from(issuer.sign(Buffer.from(content))).toString('base64url')}`;
}

test('dial() connects, tells where to and how much NATS takes, and does not hear itself', async () => {
  const nats = await startNats(['max_payload: 2048']);
  expect(await talk(nats.cluster)).toBe('heard');
  const connection = await dial(nats.cluster, 'x', () => {});
  onTestFinished(() => connection.close());
  expect(connection).toMatchObject({ server: `127.0.0.1:${nats.port}`, maxPayload: 2048 });
  const heard: string[] = [];
  connection.subscribe('sc.test.all', (bytes) => heard.push(bytes.toString()));
  connection.publish('sc.test.all', Buffer.from('own'));
  await connection.confirm();
  expect(heard).toEqual([]);
});

test('dial() tells when the connection ends', async () => {
  const nats = await startNats();
  const connection = await dial(nats.cluster, 'x', () => {});
  await nats.kill();
  expect((await connection.ended).message).not.toBe('');
});

test('dial() proves itself by user and password, by token, or by a key', async () => {
  const user = await startNats(['authorization { user: me, password: "pass word" }']);
  const token = await startNats(['authorization { token: "t0ken" }']);
  const pair = nkeys.createUser();
  const nkey = await startNats([`authorization { users: [ { nkey: ${pair.getPublicKey()} } ] }`]);
  const seed = new TextDecoder().decode(pair.getSeed());
  const given = [
    [user, { user: 'me', password: 'pass word' }, { user: 'me', password: 'guessed' }],
    [token, { token: 't0ken' }, { token: 'guessed' }],
    [nkey, { nkey: seed }, { nkey: new TextDecoder().decode(nkeys.createUser().getSeed()) }],
  ] as const;
  for (const [{ cluster, port }, right, wrong] of given) {
    expect(await talk({ ...cluster, credentials: right })).toBe('heard');
    for (const credentials of [wrong, undefined]) {
      expect(await refusalOf({ ...cluster, ...(credentials && { credentials }) })).toMatchObject({
        code: 'CLUSTER_UNREACHABLE',
        message: `Cannot join cluster "test" through NATS at nats://127.0.0.1:${port}: it refuses the credentials (Authorization Violation)`,
      });
    }
  }
});

test('dial() proves itself by a file of credentials', async () => {
  const { settings, credentials } = makeCredentials();
  const { cluster } = await startNats(settings);
  const file = join(await makeFolder(), 'broker.creds');
  await writeFile(file, credentials);
  expect(await talk({ ...cluster, credentials: { file } })).toBe('heard');
  await writeFile(file, makeCredentials().credentials);
  expect(await refusalOf({ ...cluster, credentials: { file } })).toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
    message: expect.stringContaining('it refuses the credentials'),
  });
});

test('dial() names what is wrong with a file of credentials', async () => {
  const { cluster } = await startNats();
  const folder = await makeFolder();
  const empty = join(folder, 'empty.creds');
  await writeFile(empty, '');
  for (const [file, words] of [
    [join(folder, 'missing.creds'), 'ENOENT'],
    [empty, 'unable to parse credentials'],
  ] as const) {
    expect(await refusalOf({ ...cluster, credentials: { file } })).toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      message: expect.stringContaining(words),
    });
  }
});

test('dial() speaks TLS with a server whose certificate it was told of, by text or by file', async () => {
  const { cert, certFile, keyFile } = await makeServerFiles();
  const { cluster, port } = await startNats([`tls { cert_file: "${certFile}", key_file: "${keyFile}" }`]);
  const servers = `tls://localhost:${port}`;
  expect(await talk({ ...cluster, servers, tls: { ca: cert } })).toBe('heard');
  expect(await talk({ ...cluster, servers, tls: { caFile: certFile } })).toBe('heard');
  for (const [changes, words] of [
    [{ servers }, 'TLS fails (self-signed certificate)'],
    [{ servers: `localhost:${port}` }, 'TLS fails (self-signed certificate)'],
    [{ servers: `tls://127.0.0.1:${port}`, tls: { ca: cert } }, 'TLS fails (Hostname/IP does not match'],
    [{ servers, tls: { ca: makeCertificate('x').cert } }, 'TLS fails ('],
    [{ servers, tls: { caFile: '/nowhere/ca.pem' } }, "/nowhere/ca.pem doesn't exist"],
  ] as const) {
    expect(await refusalOf({ ...cluster, ...changes })).toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      message: expect.stringContaining(words),
    });
  }
});

test('dial() shows a certificate of its own to a server that wants one', async () => {
  const { cert, key, passphrase, certFile, keyFile } = await makeServerFiles();
  const tls = `tls { cert_file: "${certFile}", key_file: "${keyFile}", ca_file: "${certFile}", verify: true }`;
  const { cluster, port } = await startNats([tls]);
  const servers = `tls://localhost:${port}`;
  expect(await talk({ ...cluster, servers, tls: { ca: cert, cert, key, passphrase } })).toBe('heard');
  expect(await refusalOf({ ...cluster, servers, tls: { ca: cert } })).toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
  });
});

test('dial() refuses to speak in the clear where TLS is wanted', async () => {
  const { cluster, port } = await startNats();
  for (const changes of [{ tls: {} }, { servers: `tls://127.0.0.1:${port}` }]) {
    expect(await refusalOf({ ...cluster, ...changes })).toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      message: expect.stringContaining("server does not support 'tls'"),
    });
  }
});

test('dial() tries each server and names what each had against it', async () => {
  const nats = await startNats();
  const gone = await startNats();
  await gone.kill();
  const dead = `nats://127.0.0.1:${gone.port}`;
  expect(await talk({ ...nats.cluster, servers: [dead, `nats://127.0.0.1:${nats.port}`] })).toBe('heard');
  const refusal = (await refusalOf({ ...nats.cluster, servers: [dead, 'no-such-host.invalid'] })) as Error;
  expect(refusal).toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
  expect(refusal.message).toContain(`${dead}: nobody listens there`);
  expect(refusal.message).toContain('no-such-host.invalid: ');
});

test('dial() tells later of what NATS does not permit', async () => {
  const permissions = 'permissions: { publish: "sc.other.>", subscribe: "sc.other.>" }';
  const { cluster } = await startNats([
    `authorization { users: [ { user: a, password: b, ${permissions} } ] }`,
  ]);
  const problems: string[] = [];
  const connection = await dial(
    { ...cluster, credentials: { user: 'a', password: 'b' } },
    'x',
    ({ message }) => problems.push(message),
  );
  onTestFinished(() => connection.close());
  connection.subscribe('sc.test.all', () => {});
  connection.publish('sc.test.all', Buffer.from('x'));
  await connection.confirm();
  await new Promise((resolve) => setImmediate(resolve));
  expect(problems.join()).toMatch(/Permissions Violation for (Subscription|Publish) to "sc.test.all"/);
});
