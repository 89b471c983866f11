import { expect, test } from 'vitest';
import { createRedaction } from './redaction.ts';

test('createRedaction() finds what users bring along wherever it is said', () => {
  const redact = createRedaction({
    headers: { Authorization: 'Bearer abc"def', Origin: 'http://me', 'X-Short': 'k' },
    query: { token: 'q-token', room: 'lobby' },
    tokens: { key: 'sign with this' },
    login: { event: 'login', data: { name: 'anna', more: ['open sesame', 7] } },
  });
  expect(redact('abc"def, q-token, sign with this, anna: open sesame')).toBe(
    '[redacted], [redacted], [redacted], [redacted]: [redacted]',
  );
  expect(redact('{"event":"echo","data":"abc\\"def"}')).toBe('{"event":"echo","data":"[redacted]"}');
  expect(redact('lobby, http://me, k')).toBe('lobby, http://me, k');
});

test('createRedaction() finds a password that a header only wraps', () => {
  const words = Buffer.from('anna:open:sesame').toString('base64');
  const redact = createRedaction({ headers: { Authorization: `Basic ${words}` } });
  expect(redact(`anna said open:sesame, or ${words}`)).toBe('anna said [redacted], or [redacted]');
});

test('createRedaction() takes out what stands behind a name that tells of it, whoever brought it', () => {
  expect(createRedaction({})('it said {"token": "abc"')).toBe('it said {"token": "[redacted]"');
});
