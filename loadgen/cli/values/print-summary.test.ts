import { expect, test } from 'vitest';
import { summarize } from '../../results/index.ts';
import { syntheticRun } from '../../testing.ts';
import { printSummary } from './print-summary.ts';

test('printSummary() writes the verdict first and the files last, without colours where nobody sees them', () => {
  const written: string[] = [];
  const summary = summarize(syntheticRun({ users: 20, workers: 1, seconds: 3 }));
  printSummary(summary, ['/somewhere/run.jsonl'], { write: (text) => written.push(text) });
  expect(written.join('')).toMatch(/^\nPASS {2}20 users.*\/somewhere\/run\.jsonl\n$/s);
  expect(written.join('')).not.toContain('\u001b');
});
