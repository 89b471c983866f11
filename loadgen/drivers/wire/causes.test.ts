import { expect, test } from 'vitest';
import { causeOf } from './causes.ts';

test.each([
  ['ECONNREFUSED', 'refused'],
  ['EPIPE', 'reset'],
  ['EADDRNOTAVAIL', 'no-ports'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
  ['CERT_HAS_EXPIRED', 'certificate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
  ['EIO', 'EIO'],
  [undefined, 'unknown'],
])('causeOf() calls %s %s', (code, cause) => {
  expect(causeOf(Object.assign(new Error('no'), code === undefined ? {} : { code }))).toBe(cause);
});
