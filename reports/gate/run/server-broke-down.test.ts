import { expect, test } from 'vitest';
import { ServerBrokeDown } from './server-broke-down.ts';

test('ServerBrokeDown says which build it was, and ends a command as a measurement that failed', () => {
  const breakdown = { arm: 'base', why: '1 of its 4 processes ended' } as const;
  expect(new ServerBrokeDown(breakdown)).toMatchObject({
    message: 'Cannot load the base: 1 of its 4 processes ended',
    exitCode: 112,
    breakdown,
  });
});
