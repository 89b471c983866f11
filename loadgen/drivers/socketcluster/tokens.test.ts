import jsonwebtoken from 'jsonwebtoken';
import { expect, test } from 'vitest';
import { signTokens } from './tokens.ts';

const key = 'k'.repeat(32);

test('signTokens() signs what jsonwebtoken verifies, each token for another user', () => {
  const tokens = signTokens({ key, claims: { role: 'guest' }, distinct: 3 });
  const claims = tokens.map((token) => jsonwebtoken.verify(token, key, { algorithms: ['HS256'] }));
  expect(claims).toEqual([0, 1, 2].map((user) => ({ user, role: 'guest' })));
});

test('signTokens() signs one when it is not told how many, and leaves claims of the scenario alone', () => {
  const [token, ...others] = signTokens({ key, claims: { user: 'me' } });
  expect(others).toEqual([]);
  expect(jsonwebtoken.verify(token!, key)).toEqual({ user: 'me' });
});
