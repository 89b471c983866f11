import { expect, test } from 'vitest';
import { ClusterError } from '../../../server/errors/index.ts';
import { cannotWrite } from './cannot-write.ts';

const wanted = 'a folder that can be written to';
const systemError = (code: string): Error => Object.assign(new Error('system'), { code });

test('cannotWrite() tells a disk that gave out from a place that is wrong', () => {
  const cause = systemError('ENOSPC');
  const full = cannotWrite('ledger "a"', cause, { wanted, besides: 'the answer stands in "b"' });
  expect(full).toMatchObject({ code: 'RESULTS_UNWRITTEN', exitCode: 112, cause });
  expect(full.message).toBe('Cannot write ledger "a": no space left; the answer stands in "b"');
  const wrong = cannotWrite('ledger "a"', systemError('EACCES'), {
    wanted,
    besides: 'the answer stands in "b"',
  });
  expect(wrong).toMatchObject({ code: 'OPTION_INVALID', exitCode: 104 });
  expect(wrong.message).toBe(`Cannot write ledger "a": wanted ${wanted} (EACCES)`);
});

test.each(['EDQUOT', 'EFBIG', 'EIO'])('cannotWrite() has a word for %s', (code) => {
  const { message } = cannotWrite('ledger "a"', systemError(code), { wanted });
  expect(message).toMatch(/^Cannot write ledger "a": [a-z ]+$/);
});

test('cannotWrite() leaves an error alone that says it all already', () => {
  const said = new ClusterError('Cannot do it', { code: 'RESULTS_UNWRITTEN' });
  expect(cannotWrite('ledger "a"', said, { wanted })).toBe(said);
});
