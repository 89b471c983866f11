import { expect, test } from 'vitest';
import { findTlsProblem, reviveTlsOptions } from './tls.ts';

test('reviveTlsOptions() makes of JSON what it was before, buffers at any depth included', () => {
  const options = {
    key: Buffer.from('k'),
    cert: [Buffer.from('a'), 'b'],
    pfx: [{ buf: Buffer.from([0, 255]), passphrase: 'p' }],
    honorCipherOrder: true,
    ecdhCurve: 'auto',
    nothing: null,
  };
  expect(reviveTlsOptions(JSON.parse(JSON.stringify(options)))).toEqual(options);
  expect(reviveTlsOptions(options)).toEqual(options);
});

test('findTlsProblem() wants a key with its certificate', () => {
  expect(findTlsProblem({ key: 'k' })).toContain('"key" and "cert", or "pfx"');
  expect(findTlsProblem({ key: 'k', cert: 'c' })).toMatch(/^TLS refuses them: /);
  expect(findTlsProblem({ pfx: Buffer.from('x') })).toMatch(/^TLS refuses them: /);
});

test('findTlsProblem() refuses functions, which no other process would get', () => {
  expect(findTlsProblem({ SNICallback: () => undefined })).toContain('"SNICallback" is a function');
});
