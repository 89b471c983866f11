import { expect, test } from 'vitest';
import { isHarmlessHeader, isSecretName } from './names.ts';

test.each([
  ['token', 'access_token', 'authToken', 'tokens', 'X-CSRF-Token', 'password', 'PASSWORD', 'passwd'],
  ['passphrase', 'client_secret', 'credentials', 'jwt', 'cookie', 'authorization', 'bearerValue'],
  ['auth', 'pass', 'pwd', 'key', 'api_key', 'apiKey', 'apikey', 'authKey', 'x-api-key', 'sig', 'signature'],
  ['session', 'sessionId', 'session_id', 'sessionid', 'sid', 'pin', 'otp', 'KEY', 'private-key'],
  ['ticket', 'auth_ticket', 'wsTicket'],
])('isSecretName() knows %s and its like', (...names) => {
  for (const name of names) expect([name, isSecretName(name)]).toEqual([name, true]);
});

test('isSecretName() leaves other names alone', () => {
  const names = [
    'every',
    'message',
    'keyboard',
    'monkey',
    'author',
    'authDefaultExpiry',
    'spin',
    'inside',
    'v',
  ];
  for (const name of names) expect([name, isSecretName(name)]).toEqual([name, false]);
});

test('isHarmlessHeader() takes well-known names in any case, and no other', () => {
  expect(['Accept', 'user-agent', 'ORIGIN '].map(isHarmlessHeader)).toEqual([true, true, true]);
  expect(['Authorization', 'Cookie', 'X-Anything', ''].map(isHarmlessHeader)).toEqual(Array(4).fill(false));
});
