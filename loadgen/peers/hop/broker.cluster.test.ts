import { expect, test } from 'vitest';
import { startBroker } from './broker.ts';

test('startBroker() rejects with the last words of a broker that cannot listen', async () => {
  const path = `/${'long'.repeat(100)}`;
  await expect(startBroker(path, 'secret')).rejects.toMatchObject({
    code: 'PROCESS_FAILED',
    message: expect.stringContaining('Cannot start "server/broker/main.js"'),
  });
});
