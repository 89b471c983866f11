import { expect, test } from 'vitest';
import { ClusterError } from '../../../server/errors/index.ts';
import { orFailed } from './or-failed.ts';

test('orFailed() gives what comes of the work', async () => {
  expect(await orFailed('Cannot do it', () => Promise.resolve(5))).toBe(5);
});

test('orFailed() ends with the code of a measurement that failed, whatever broke it', async () => {
  for (const cause of [new ClusterError('no word', { code: 'PROCESS_FAILED' }), new TypeError('no word')]) {
    await expect(orFailed('Cannot do it', () => Promise.reject(cause))).rejects.toMatchObject({
      ...{ code: 'MEASUREMENT_FAILED', exitCode: 112, cause },
      message: 'Cannot do it: no word',
    });
  }
});
