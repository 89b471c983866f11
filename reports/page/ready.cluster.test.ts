import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { healthyRun } from '../testing.ts';
import { buildPage } from './page.ts';
import { usePages } from './testing.ts';

const ROUNDS = 90;
const ROUND_SECONDS = 40;
const READY_MS = `performance.getEntriesByName('interactive')[0].startTime`;

const openIn = usePages(async (folder) => {
  const run = healthyRun();
  const hour = Array.from({ length: ROUNDS }, (_, round) =>
    run.timeline.map((second) => ({ ...second, second: second.second + round * ROUND_SECONDS })),
  );
  await writeFile(join(folder, 'report.html'), buildPage({ ...run, timeline: hour.flat() }));
});

test('buildPage() makes a page of an hour that is ready within a second', async () => {
  const times: number[] = [];
  // The best of three: the question is what the page takes, not what else the machine does.
  for (let visit = 0; visit < 3; visit += 1) {
    const { page } = await openIn('report.html', { mark: 'record' });
    times.push(await page.evaluate<number>(READY_MS));
    await page.context().close();
  }
  expect(Math.min(...times)).toBeLessThan(1_000);
});
