import { expect, test } from 'vitest';
import { beginUse } from './server-meter.ts';

test('beginUse() tells what processes used until it is ended', async () => {
  const end = await beginUse({ pids: [process.pid], core: undefined, countsInstructions: false });
  for (const until = performance.now() + 60; performance.now() < until; );
  const use = await end();
  expect(use.cpuMicros).toBeGreaterThan(0);
  expect(use.cpuStepMicros).toBeGreaterThan(0);
  expect(use.waitingShare).toBeGreaterThanOrEqual(0);
  expect(use.instructions).toBeUndefined();
});
