import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { findKeyPairProblem } from './key-pair.ts';

const pemOf = ({ privateKey, publicKey }: ReturnType<typeof generateKeyPairSync>) => ({
  authPrivateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  authPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
});
const ec = (namedCurve: string) => pemOf(generateKeyPairSync('ec', { namedCurve }));
const rsa = (modulusLength: number) => pemOf(generateKeyPairSync('rsa', { modulusLength }));

const RSA = rsa(2_048);
const P256 = ec('prime256v1');

test('findKeyPairProblem() finds none with the key that the algorithm wants, or without keys', () => {
  expect(findKeyPairProblem({})).toBeUndefined();
  for (const authAlgorithm of [undefined, 'RS256', 'RS512', 'PS256']) {
    expect(findKeyPairProblem({ ...RSA, authAlgorithm })).toBeUndefined();
  }
  expect(findKeyPairProblem({ ...P256, authAlgorithm: 'ES256' })).toBeUndefined();
  expect(findKeyPairProblem({ ...ec('secp384r1'), authAlgorithm: 'ES384' })).toBeUndefined();
  expect(findKeyPairProblem({ ...ec('secp521r1'), authAlgorithm: 'ES512' })).toBeUndefined();
});

test('findKeyPairProblem() says in one sentence which key is none, and shows neither key nor OpenSSL', () => {
  for (const wrong of ['x', '', RSA.authPublicKey, RSA.authPrivateKey.slice(0, 200)]) {
    expect(findKeyPairProblem({ ...RSA, authPrivateKey: wrong })).toBe(
      'Cannot use option "authPrivateKey": its value, hidden here, is no private key; wanted is one in PEM without passphrase',
    );
  }
  expect(findKeyPairProblem({ ...RSA, authPublicKey: 'x' })).toBe(
    'Cannot use option "authPublicKey": current value is no key, wanted is a public key in PEM',
  );
});

test('findKeyPairProblem() refuses a key of another kind than the algorithm, or too short', () => {
  expect(findKeyPairProblem({ ...P256 })).toBe(
    'Cannot use option "authPrivateKey": current value is a key of EC, prime256v1, wanted for RS256 is one of RSA, 2048 bits or more',
  );
  expect(findKeyPairProblem({ ...P256, authAlgorithm: 'ES384' })).toContain('is one of EC, secp384r1');
  expect(findKeyPairProblem({ ...RSA, authAlgorithm: 'ES256' })).toContain('is one of EC, prime256v1');
  expect(findKeyPairProblem({ ...rsa(1_024) })).toContain('current value is a key of RSA, 1024, wanted');
  expect(findKeyPairProblem(pemOf(generateKeyPairSync('ed25519')))).toContain('a key of ed25519, wanted');
});

test('findKeyPairProblem() refuses a public key of another pair', () => {
  expect(findKeyPairProblem({ ...RSA, authPublicKey: rsa(2_048).authPublicKey })).toBe(
    'Cannot use option "authPublicKey": current value is the key of another pair, wanted is that of authPrivateKey',
  );
});
