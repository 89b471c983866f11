import jwt from 'jsonwebtoken';
import { expect, test } from 'vitest';
import { createToken } from './tokens.ts';

test('createToken() signs tokens that another implementation takes, one a user', () => {
  const [one, other] = [createToken(1, 'secret'), createToken(2, 'secret')];
  expect(jwt.verify(one, 'secret', { algorithms: ['HS256'] })).toMatchObject({ username: 'user-1' });
  expect(jwt.verify(other, 'secret', { algorithms: ['HS256'] })).toMatchObject({ username: 'user-2' });
  expect(() => jwt.verify(one, 'other', { algorithms: ['HS256'] })).toThrow('invalid signature');
});
