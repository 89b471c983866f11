/** The key pair of tokens: checked where the options are, as each worker would only stumble over it later. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** The options that name a key pair and what it is for. */
export interface KeyPairOptions {
  authPrivateKey?: string | undefined;
  authPublicKey?: string | undefined;
  authAlgorithm?: string | undefined;
}

/** The curve that each algorithm of ECDSA prescribes. */
const curves: Readonly<Record<string, string>> = {
  ES256: 'prime256v1',
  ES384: 'secp384r1',
  ES512: 'secp521r1',
};

const MIN_RSA_BITS = 2_048;

/** The problem with a key pair, if there is one, as a sentence that does not show a key. */
export function findKeyPairProblem(options: KeyPairOptions): string | undefined {
  const { authPrivateKey, authPublicKey, authAlgorithm = 'RS256' } = options;
  if (authPrivateKey === undefined || authPublicKey === undefined) {
    return undefined;
  }
  const privateKey = read(createPrivateKey, authPrivateKey);
  if (privateKey === undefined) {
    return 'Cannot use option "authPrivateKey": its value, hidden here, is no private key; wanted is one in PEM without passphrase';
  }
  const publicKey = read(createPublicKey, authPublicKey);
  if (publicKey === undefined) {
    return 'Cannot use option "authPublicKey": current value is no key, wanted is a public key in PEM';
  }
  const [current, wanted] = [kindOf(privateKey), kindFor(authAlgorithm)];
  if (current !== wanted) {
    return `Cannot use option "authPrivateKey": current value is a key of ${current}, wanted for ${authAlgorithm} is one of ${wanted}`;
  }
  if (!createPublicKey(privateKey).equals(publicKey)) {
    return 'Cannot use option "authPublicKey": current value is the key of another pair, wanted is that of authPrivateKey';
  }
  return undefined;
}

function read(create: (pem: string) => KeyObject, pem: string): KeyObject | undefined {
  try {
    return create(pem);
  } catch {
    return undefined; // OpenSSL's reason names its decoders, not what is wrong.
  }
}

function kindFor(algorithm: string): string {
  const curve = curves[algorithm];
  return curve === undefined ? `RSA, ${MIN_RSA_BITS} bits or more` : `EC, ${curve}`;
}

function kindOf({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): string {
  if (type === 'ec') {
    return `EC, ${details?.namedCurve}`;
  }
  const bits = details?.modulusLength ?? 0;
  if (type !== 'rsa') {
    return String(type);
  }
  return `RSA, ${bits < MIN_RSA_BITS ? bits : `${MIN_RSA_BITS} bits or more`}`;
}
