import { expect, test } from 'vitest';
import { foretell } from './foretell.ts';

const request = { scenario: 'ping-pong', overrides: {}, command: 'test' };

test('foretell() leaves small runs alone', async () => {
  const said: string[] = [];
  const forecast = await foretell(request, (text) => said.push(text), new AbortController().signal);
  expect(forecast).toBeUndefined();
  expect(said).toEqual([]);
});

test('foretell() asks nobody about a run that is interrupted already', async () => {
  const large = { ...request, overrides: { users: 10_000 } };
  await expect(foretell(large, () => {}, AbortSignal.abort())).resolves.toBeUndefined();
});
