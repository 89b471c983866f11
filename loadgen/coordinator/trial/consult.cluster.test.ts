import { expect, test } from 'vitest';
import { consult } from './consult.ts';

test('consult() tries this host out and foretells what a scenario takes', { timeout: 60_000 }, async () => {
  const request = { scenario: 'ping-pong', overrides: { users: 1_000 } };
  const examination = await consult(request, { interrupt: new AbortController().signal });
  expect(examination).toMatchObject({ scenario: 'ping-pong', users: 1_000, isTried: true });
  expect(examination.cost.generator.cores).toBeGreaterThan(0);
  expect(examination.prices.target.message).toBeGreaterThan(0);
  expect(examination.limits.length).toBeGreaterThan(4);
});
