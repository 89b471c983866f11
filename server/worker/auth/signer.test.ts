import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { expect, test } from 'vitest';
import { readPayload, Signer } from './signer.ts';

const signer = new Signer({ authKey: 'secret', authDefaultExpiry: 60 });

test('Signer checks what it signed', () => {
  expect(signer.verify(signer.sign({ username: 'bob' })).payload).toMatchObject({ username: 'bob' });
});

test('Signer signs with the default life unless told otherwise', () => {
  const life = (signed: string): number => {
    const { iat = 0, exp = 0 } = jwt.decode(signed) as jwt.JwtPayload;
    return exp - iat;
  };
  expect(life(signer.sign({}))).toBe(60);
  expect(life(signer.sign({}, { expiresIn: 5 }))).toBe(5);
  const exp = Math.floor(Date.now() / 1_000) + 7;
  expect((jwt.decode(signer.sign({ exp })) as jwt.JwtPayload).exp).toBe(exp);
});

test('Signer calls an expired token bad and says when it expired', () => {
  const checked = signer.verify(signer.sign({ exp: 1_000 }));
  expect(checked).toMatchObject({
    isBadToken: true,
    error: { name: 'AuthTokenExpiredError', isBadToken: true },
  });
  expect(checked.error).toHaveProperty('expiry', new Date(1_000_000));
});

test('Signer does not call a token bad whose time is still to come', () => {
  const nbf = Math.floor(Date.now() / 1_000) + 100;
  expect(signer.verify(signer.sign({ nbf }))).toMatchObject({
    isBadToken: false,
    error: { name: 'AuthTokenNotBeforeError' },
  });
});

test('Signer refuses tokens of other keys, other algorithms and none at all', () => {
  const foreign = [
    jwt.sign({ a: 1 }, 'other'),
    jwt.sign({ a: 1 }, 'secret', { algorithm: 'HS512' }),
    jwt.sign({ a: 1 }, '', { algorithm: 'none' }),
    'nonsense',
    '',
    null,
    42,
    { toString: () => signer.sign({}) },
  ];
  for (const token of foreign) {
    expect(signer.verify(token)).toMatchObject({
      isBadToken: true,
      error: { name: 'AuthTokenInvalidError' },
    });
  }
});

test('Signer takes a token that is for later when it is told so, but none that is bad', () => {
  const nbf = Math.floor(Date.now() / 1_000) + 100;
  const options = { isEarlyGood: true };
  expect(signer.verify(signer.sign({ nbf }), options).payload).toMatchObject({ nbf });
  expect(signer.verify(signer.sign({ exp: 1_000, nbf }), options).payload).toBeUndefined();
});

test('Signer makes no key of its own, which no other worker would have', () => {
  for (const options of [{}, { authKey: '' }, { authPrivateKey: 'half of a pair' }]) {
    expect(() => new Signer({ ...options, authDefaultExpiry: 60 })).toThrow(
      'Cannot sign tokens without a key',
    );
  }
});

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });

test.each([
  ['RS256', rsa],
  ['RS384', rsa],
  ['RS512', rsa],
  ['PS256', rsa],
  ['ES256', () => ec('prime256v1')],
  ['ES384', () => ec('secp384r1')],
  ['ES512', () => ec('secp521r1')],
] as const)('Signer works with a key pair for %s and takes no other token', (authAlgorithm, generate) => {
  const { privateKey, publicKey } = generate();
  const authPublicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const pair = new Signer({
    authPrivateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    authPublicKey,
    authAlgorithm,
    authDefaultExpiry: 60,
  });
  const signed = pair.sign({ username: 'eve' });
  expect(jwt.decode(signed, { complete: true })?.header.alg).toBe(authAlgorithm);
  expect(pair.verify(signed).payload).toMatchObject({ username: 'eve' });
  // The public key is known to everyone: it must not pass for a secret.
  const forged = jwt.sign({ username: 'root' }, createSecretKey(Buffer.from(authPublicKey)), {
    algorithm: 'HS256',
  });
  const other = jwt.sign({ username: 'root' }, generate().privateKey, { algorithm: authAlgorithm });
  for (const bad of [forged, other, `${signed.slice(0, signed.lastIndexOf('.'))}.`]) {
    expect(pair.verify(bad)).toMatchObject({ isBadToken: true, error: { name: 'AuthTokenInvalidError' } });
  }
});

test('readPayload() reads what verify() does', () => {
  const signed = signer.sign({ text: 'täglich 🗞️', list: [1, { a: null }], __proto__: { x: 1 } });
  expect(readPayload(signed)).toEqual(signer.verify(signed).payload);
});

test('Signer accepts the other algorithms that it is told of, and no more', () => {
  const several = new Signer({
    authKey: 'secret',
    authDefaultExpiry: 60,
    authVerifyAlgorithms: ['HS256', 'HS512'],
  });
  const signed = (algorithm: jwt.Algorithm): string => jwt.sign({}, 'secret', { algorithm });
  expect(several.verify(signed('HS512')).error).toBeUndefined();
  expect(several.verify(signed('HS384')).error).toMatchObject({ name: 'AuthTokenInvalidError' });
  expect(signer.verify(signed('HS512')).error).toMatchObject({ name: 'AuthTokenInvalidError' });
});

test('sign() refuses what is no plain object', () => {
  for (const payload of ['text', 5, [1], undefined, null, new Date(), new Map()]) {
    expect(() => signer.sign(payload as never)).toThrow(/wanted is a plain object of claims$/);
  }
  expect(signer.verify(signer.sign(Object.create(null))).payload).toBeDefined();
});

test('sign() refuses a token that would never be taken', () => {
  for (const expiresIn of [0, -5, Number.NaN]) {
    expect(() => signer.sign({}, { expiresIn })).toThrow(RangeError);
  }
  expect(() => signer.sign({}, { algorithm: 'HS512' })).toThrow(
    'Cannot sign a token with HS512: accepted are HS256, by authVerifyAlgorithms',
  );
});

test('sign() follows its options, the algorithm too where it is accepted', () => {
  const both = new Signer({
    authKey: 'secret',
    authDefaultExpiry: 60,
    authVerifyAlgorithms: ['HS256', 'HS512'],
  });
  const signed = both.sign({}, { algorithm: 'HS512', subject: 'bob', noTimestamp: true });
  expect(jwt.decode(signed, { complete: true })?.header.alg).toBe('HS512');
  expect(both.verify(signed).payload).toEqual({ sub: 'bob', exp: expect.any(Number) });
});
