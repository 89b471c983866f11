import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { consult } from './consult.ts';

const folder = mkdtempSync(join(tmpdir(), 'consult-test-'));
const request = { scenario: 'ping-pong', overrides: { users: 200 } };

beforeAll(() => {
  vi.stubEnv('TMPDIR', folder);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('consult() tries this host out and foretells what a scenario takes', { timeout: 60_000 }, async () => {
  const { examination, failure } = await consult(request, { interrupt: new AbortController().signal });
  expect(failure).toBeUndefined();
  expect(examination).toMatchObject({ scenario: 'ping-pong', users: 200, isTried: true });
  const { cost, leastCost, prices, leastPrices } = examination;
  expect(leastCost.generator.cores).toBeGreaterThan(0);
  expect(cost.generator.cores).toBeGreaterThanOrEqual(leastCost.generator.cores);
  expect(leastPrices.target.message).toBeGreaterThan(0);
  expect(prices.target.message).toBeGreaterThan(leastPrices.target.message);
  expect(examination.limits.length).toBeGreaterThan(4);
});

test.each([0, 201])(
  'consult() refuses %i load processes for 200 users, as a run does',
  async (loadProcesses) => {
    const { signal } = new AbortController();
    await expect(
      consult({ ...request, loadProcesses }, { interrupt: signal, trial: false }),
    ).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: `Cannot start "load processes" ${loadProcesses}: wanted is 1 to 200, one a user at most`,
    });
  },
);

test('consult() leaves the limits where its trial cannot be written', async () => {
  vi.stubEnv('TMPDIR', join(folder, 'nowhere'));
  const { examination, failure } = await consult(request, { interrupt: new AbortController().signal });
  vi.stubEnv('TMPDIR', folder);
  expect(failure).toMatchObject({
    code: 'OPTION_INVALID',
    message: `Cannot write temporary files to "${join(folder, 'nowhere')}": wanted a TMPDIR that can be written to (ENOENT)`,
  });
  expect(examination).toMatchObject({ users: 200, isTried: false });
});

test('consult() foretells nothing when its trial is interrupted', { timeout: 60_000 }, async () => {
  const interrupt = new AbortController();
  const consulted = consult(request, { interrupt: interrupt.signal });
  const records = () => readdirSync(folder).filter((name) => existsSync(join(folder, name, 'run.jsonl')));
  await vi.waitFor(() => expect(records()).toHaveLength(1), { timeout: 30_000, interval: 20 });
  interrupt.abort();
  await expect(consulted).rejects.toMatchObject({
    code: 'RUN_INTERRUPTED',
    exitCode: 105,
    message: 'Cannot tell what this host carries: its trial was interrupted',
  });
  expect(records()).toEqual([]);
});
