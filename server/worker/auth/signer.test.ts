import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { expect, test } from 'vitest';
import { Auth } from './auth.ts';

const auth = new Auth({ authKey: 'secret', authDefaultExpiry: 60 });

test('Auth checks what it signed', () => {
  expect(auth.check(auth.sign({ username: 'bob' })).payload).toMatchObject({ username: 'bob' });
});

test('Auth signs with the default life unless told otherwise', () => {
  const life = (signed: string): number => {
    const { iat = 0, exp = 0 } = jwt.decode(signed) as jwt.JwtPayload;
    return exp - iat;
  };
  expect(life(auth.sign({}))).toBe(60);
  expect(life(auth.sign({}, 5))).toBe(5);
  const exp = Math.floor(Date.now() / 1_000) + 7;
  expect((jwt.decode(auth.sign({ exp })) as jwt.JwtPayload).exp).toBe(exp);
});

test('Auth calls an expired token bad and says when it expired', () => {
  const checked = auth.check(auth.sign({ exp: 1_000 }));
  expect(checked).toMatchObject({
    isBadToken: true,
    error: { name: 'AuthTokenExpiredError', isBadToken: true },
  });
  expect(checked.error).toHaveProperty('expiry', new Date(1_000_000));
});

test('Auth does not call a token bad whose time is still to come', () => {
  const nbf = Math.floor(Date.now() / 1_000) + 100;
  expect(auth.check(auth.sign({ nbf }))).toMatchObject({
    isBadToken: false,
    error: { name: 'AuthTokenNotBeforeError' },
  });
});

test('Auth refuses tokens of other keys, other algorithms and none at all', () => {
  const foreign = [
    jwt.sign({ a: 1 }, 'other'),
    jwt.sign({ a: 1 }, 'secret', { algorithm: 'HS512' }),
    jwt.sign({ a: 1 }, '', { algorithm: 'none' }),
    'nonsense',
    '',
    null,
    42,
    { toString: () => auth.sign({}) },
  ];
  for (const token of foreign) {
    expect(auth.check(token)).toMatchObject({ isBadToken: true, error: { name: 'AuthTokenInvalidError' } });
  }
});

test('Auth works with a key pair', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pair = new Auth({
    authPrivateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    authPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    authDefaultExpiry: 60,
  });
  expect(pair.check(pair.sign({ username: 'eve' })).payload).toMatchObject({ username: 'eve' });
  // The public key is known to everyone: it must not pass for a secret.
  const forged = jwt.sign({ username: 'root' }, 'x', { algorithm: 'HS256' });
  expect(pair.check(forged).payload).toBeUndefined();
});
