import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { aLedger, gateReport } from '../testing.ts';
import { gateReportSchema } from './schema.ts';

test.each(['slower', 'lossy', 'broken', 'disturbed'] as const)(
  'gateReportSchema knows every field of a %s job, with all digits',
  async (name) => {
    const report = await gateReport(name, { ledger: aLedger() });
    expect(gateReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  },
);

test('gateReportSchema is what gate.schema.json says to other programs', () => {
  const text = readFileSync(new URL('gate.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(text)).toEqual(
    JSON.parse(JSON.stringify(z.toJSONSchema(gateReportSchema, { io: 'input' }))),
  );
});
