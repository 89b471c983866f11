import { expect, test } from 'vitest';
import { startPathologicalServer } from './start.ts';

test('startPathologicalServer() answers HTTP after the delay it was told, and knows what it gave', async () => {
  const server = await startPathologicalServer({ pathology: { kind: 'fixed', delayMs: 30 }, seed: 1 });
  try {
    const now = Date.now();
    server.begin({ from: now, until: now + 60_000 });
    const before = performance.now();
    const response = await fetch(`http://127.0.0.1:${server.port}/`, { headers: { connection: 'close' } });
    expect(await response.text()).toBe('ok');
    expect(performance.now() - before).toBeGreaterThan(29);
    const [given = 0] = await server.given([1]);
    expect(given).toBeGreaterThanOrEqual(29.9);
    expect(await server.given([1], 3)).toEqual([]);
  } finally {
    await server.stop();
  }
});
