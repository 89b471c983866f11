import { userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { findUser } from './user.ts';

test('findUser() finds numbers by name, for root alone', () => {
  const { username, uid, gid } = userInfo();
  expect(findUser(username, 0)).toEqual({ uid, gid });
  expect(findUser(false, 1_000)).toBeUndefined();
  expect(() => findUser(username, 1_000)).toThrow(
    'Cannot use option "downgradeToUser": this process is user 1000, wanted is root',
  );
});

test('findUser() takes no user that there is not, whatever its name looks like', () => {
  for (const name of ['no-such-user-here', '--help', '']) {
    expect(() => findUser(name, 0)).toThrow(
      expect.objectContaining({
        code: 'OPTION_INVALID',
        message: expect.stringContaining('there is no user'),
      }),
    );
  }
});
