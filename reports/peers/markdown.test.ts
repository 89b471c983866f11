import { expect, test } from 'vitest';
import { aComparison } from '../../loadgen/results/peers/testing.ts';
import { formatPeersMarkdown } from './markdown.ts';

test('formatPeersMarkdown() has one table with a column a subject, and where it was measured', () => {
  const text = formatPeersMarkdown(aComparison());
  expect(text).toContain(
    [
      '| figure | ours | ws |',
      '| --- | ---: | ---: |',
      '| echo, CPU of all processes, µs | 12.5 | 25.0 × 0.50 \\[0.49, 0.51\\] ✓ ≤ 0.55 |',
      '| pipelined, answers, 1/s, more is better | 123,456 | 61,728 × 2.00 \\[1.90, 2.10\\] ✗ ≥ 2.5 |',
    ].join('\n'),
  );
  expect(text).toContain('| figure | ours |\n| --- | ---: |\n| worker to broker, µs | 2.50 |');
  expect(text).toContain('- stalled: ws leaves it to the application.\n');
  expect(text).toMatch(/^## ours beside ws\n/);
  expect(text).toMatch(
    /\nMeasured on 2 × any, kernel 6\.1, Node 20\.20\.2, 2026-08-01 12:00:05 UTC by `npx scbench peers --subjects ours,ws`\.\n$/,
  );
});

test('formatPeersMarkdown() has no table without figures', () => {
  expect(formatPeersMarkdown(aComparison({ rows: [], ownRows: [] }))).not.toContain('| figure');
});
