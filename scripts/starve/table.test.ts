import { expect, test } from 'vitest';
import { formatHead, formatOutcome, formatRow, type Told, toRow } from './table.ts';

const told = (validity: string, p99: number): Told => ({
  verdict: { validity, reasons: validity === 'valid' ? [] : ['Late', 'Later'] },
  latencyMs: { response: { p99 } },
  generator: {
    errorMs: 1.25,
    resolutionMs: 0.25,
    processes: [
      { id: -1, loopUtilisation: 0.9, waitMsPerSecond: 0, throttledMsPerSecond: 0 },
      {
        id: 0,
        loopUtilisation: 0.2,
        waitMsPerSecond: 30,
        throttledMsPerSecond: 4,
        loopDelayMs: { p995: 1.5 },
      },
    ],
  },
  host: { stealPercent: 0.5 },
});

test('formatRow() tells what the load process told, and how far off its p99 is', () => {
  const row = formatRow(toRow('quota 10 %', told('invalid', 55), 50));
  expect(row).toBe(
    '| quota 10 % | 55.00 | 50.00 | 5.00 ms, 10.0 % | told before | 1.25 | 1.50 | 0.25 | 0.20 | 30.0 | 4.0 | 0.5 | invalid: Late |\n',
  );
  expect(row.split('|')).toHaveLength(formatHead().split('\n')[0]?.split('|').length ?? 0);
});

test('formatOutcome() names runs that were wrong and believed', () => {
  const rows = [
    toRow('right', told('valid', 50), 50),
    toRow('wrong', told('suspect', 60), 50),
    toRow('caught', told('invalid', 90), 50),
    toRow('early', told('invalid', 51), 50),
    toRow('fast, off by what nobody promises', told('valid', 1.02), 0.05),
    toRow('fast', told('valid', 1.1), 0.05),
  ];
  expect(formatOutcome(rows)).toBe(
    '3 valid, 1 suspect, 2 invalid of 6; off by more than a millisecond and a tenth, and not called invalid: wrong, fast\n',
  );
  const outcomes = rows.map((row) => formatRow(row).split('|')[5]?.trim());
  expect(outcomes).toEqual(['right', 'NOT TOLD', 'told', 'told before', 'right', 'NOT TOLD']);
});
