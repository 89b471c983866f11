import { expect, test } from 'vitest';
import { compareRuns } from '../../compare/index.ts';
import { healthyRun } from '../../testing.ts';
import { buildComparisonPage } from './comparison-page.ts';

function pageOf(change: (run: ReturnType<typeof healthyRun>) => void): string {
  const [one, other] = [healthyRun(), healthyRun()];
  change(other);
  return buildComparisonPage(
    compareRuns([
      { run: one, source: 'one/run.jsonl' },
      { run: other, source: 'other/<run>.jsonl' },
    ]),
  );
}

test('buildComparisonPage() says that equal runs do not differ', () => {
  const page = pageOf(() => {});
  expect(page).toContain('B: no difference from A that chance would not explain.');
  expect(page).toContain('other/&lt;run&gt;.jsonl');
});

test('buildComparisonPage() begins with what became worse, and has a line for each run in every chart', () => {
  const page = pageOf(({ summary }) => {
    summary.messages.lost = 4;
  });
  expect(page).toContain('B against A: worse in Messages lost or late.');
  expect(page).toContain('▼ worse');
  const model = JSON.parse(/id="run-charts">([^<]*)</.exec(page)?.[1] ?? '{}');
  expect(
    model.charts.map(({ lines }: { lines: { label: string }[] }) => lines.map(({ label }) => label)),
  ).toEqual(model.charts.map(() => ['A', 'B']));
});
