import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { syntheticSummary } from '../../testing.ts';
import { summarySchema } from './summary-schema.ts';

test('summarySchema knows every field of a summary', () => {
  const summary = JSON.parse(JSON.stringify(syntheticSummary({ users: 60, workers: 2, seconds: 5 })));
  expect(summarySchema.parse(summary)).toEqual(summary);
});

test('summarySchema refuses what is no summary', () => {
  expect(summarySchema.safeParse({ version: 2, scenario: 'ping-pong' }).success).toBe(false);
});

test('summarySchema is what summary.schema.json says to other programs', () => {
  const text = readFileSync(new URL('summary.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(text)).toEqual(
    JSON.parse(JSON.stringify(z.toJSONSchema(summarySchema, { io: 'input' }))),
  );
});
