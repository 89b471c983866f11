/**
 * `npm run -s gate:errors`: simulates jobs of every law of noise and says how often they ended wrongly. Ends with 1
 * when a rate is higher than promised by more than three standard errors. `--jobs N` for each law and error.
 */
import { parseArgs } from 'node:util';
import { alignColumns } from '../../figures/index.ts';
import { errorKinds, measureErrors } from './jobs.ts';
import { laws } from './noise.ts';

const { values } = parseArgs({ options: { jobs: { type: 'string', default: '100000' } } });
const jobs = Number(values.jobs);
if (!Number.isInteger(jobs) || jobs < 1) {
  console.error(`Cannot simulate jobs: --jobs is "${values.jobs}", wanted a whole number above 0`);
  process.exit(2);
}

const rows = [['error', 'noise', 'jobs', 'wrong', 'rate', 'promised', 'at most', 'blocks']];
for (const kind of errorKinds) {
  for (const law of laws) {
    const { errors, rate, nominal, most, meanBlocks } = measureErrors(kind, { law, jobs, seed: 'gate' });
    const shares = [rate, nominal, most].map((share) => `${(share * 100).toFixed(3)} %`);
    rows.push([kind, law, String(jobs), String(errors), ...shares, meanBlocks.toFixed(1)]);
    if (rate > most) process.exitCode = 1;
    console.error(`${kind}, ${law}: ${shares[0]}`);
  }
}
console.log(alignColumns(rows).join('\n'));
