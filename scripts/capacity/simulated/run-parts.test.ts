import { expect, test } from 'vitest';
import { jobsOf, type Part } from './jobs.ts';
import { runJob } from './run-job.ts';
import { runParts } from './run-parts.ts';
import { tell } from './tell.ts';

const here = (part: Part) => Promise.resolve(jobsOf(part).map(runJob));

test('runParts() comes to the same tables in any number of parts', async () => {
  const wish = { searches: 12, seed: 3 };
  const [one, three] = await Promise.all([1, 3].map((parts) => runParts(wish, parts, here)));
  expect(tell(three!)).toEqual(tell(one!));
  expect(tell(one!).text).toMatch(/^\| all \| 12 \|/m);
  expect(tell(one!).isKept).toBe(true);
});
