import { expect, test } from 'vitest';
import { formatHead, formatOutcome, formatRow, type Told, toRow } from './table.ts';

const told = (validity: string, p99: number): Told => ({
  verdict: { validity, reasons: validity === 'valid' ? [] : ['Late', 'Later'] },
  latencyMs: { response: { p99 } },
  generator: {
    errorMs: 1.25,
    processes: [
      { id: -1, loopUtilisation: 0.9, waitMsPerSecond: 0, throttledMsPerSecond: 0 },
      { id: 0, loopUtilisation: 0.2, waitMsPerSecond: 30, throttledMsPerSecond: 4 },
    ],
  },
  host: { stealPercent: 0.5 },
});

test('formatRow() tells what the load process told, and how far off its p99 is', () => {
  const row = formatRow(toRow('quota 10 %', told('invalid', 55), 50));
  expect(row).toBe(
    '| quota 10 % | 55.00 | 50.00 | 10.0 % | 1.25 | 0.20 | 30.0 | 4.0 | 0.5 | invalid: Late |\n',
  );
  expect(row.split('|')).toHaveLength(formatHead().split('\n')[0]?.split('|').length ?? 0);
});

test('formatOutcome() names runs that were wrong and believed', () => {
  const rows = [
    toRow('right', told('valid', 50), 50),
    toRow('wrong', told('suspect', 60), 50),
    toRow('caught', told('invalid', 90), 50),
  ];
  expect(formatOutcome(rows)).toBe(
    '1 valid, 1 suspect, 1 invalid of 3; off by more than a tenth and not called invalid: wrong\n',
  );
});
