import { expect, test } from 'vitest';
import { formatBlocksCsv } from './csv.ts';
import { gateReport } from './testing.ts';

test('formatBlocksCsv() has a row for every block, from which the differences can be taken again', async () => {
  const report = await gateReport('slower');
  const [head = '', ...lines] = formatBlocksCsv(report).trimEnd().split('\n');
  const names = head.split(',');
  expect(names.slice(0, 3)).toEqual(['block', 'attempt', 'whole']);
  expect(lines).toHaveLength(report.measured.length);
  for (const { metric, differences, scale } of report.rows) {
    const [base, candidate] = [`${metric}.base`, `${metric}.candidate`].map((name) => names.indexOf(name));
    lines.forEach((line, index) => {
      const [one, other] = [Number(line.split(',')[base!]), Number(line.split(',')[candidate!])];
      const difference = scale === 'ratio' ? Math.log(other / one) : other - one;
      expect(difference).toBeCloseTo(differences[index]!, 12);
    });
  }
});

test('formatBlocksCsv() keeps blocks given up, without figures', async () => {
  const report = await gateReport('disturbed');
  const rows = formatBlocksCsv(report)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  expect(rows.slice(1).map((row) => row.slice(0, 3))).toEqual([
    ['0', '1', 'false'],
    ['0', '2', 'false'],
    ['0', '3', 'false'],
  ]);
});
