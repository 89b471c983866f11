/**
 * Tries the planner on this host, where the truth can be measured afterwards. Takes minutes to an hour, and wants a
 * machine to itself.
 *
 *   npm run build && node dist/scripts/capacity/main.js repeat|sizes|profiles [--profile 42k] [--slo '99% < 50ms']
 *     [--sizes 1,1,2,2,3,4] [--next 6] [--share 0.2] [--service 100] [--out reports/runs/capacity]
 *   node dist/scripts/capacity/main.js simulated [--searches 2000] [--seed 1] [--out reports/runs/capacity]
 *
 * `repeat` searches the same capacity twice, of a worker with as much as it takes unless a share is given. `sizes`
 * predicts the capacity of more workers from fewer, freezes that, and measures it; workers have a share of a core each,
 * 0.2 by default. With `--service` workers are busy for so many microseconds with each message, as applications are: a
 * worker that only answers may carry more than the load generator of a small host can offer. `profiles` predicts the processor time of each profile from what
 * messages cost in the others. `simulated` needs no machine to itself: it makes searches on simulated clusters, and ends
 * with 1 where their intervals do not hold nine times of ten in all, or a guard is not raised. Leaves `trials.md`, to
 * which each part of an answer goes as soon as it is known, and `predictions.jsonl`.
 */
import { appendFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readProfile } from '../../loadgen/capacity/profiles/index.ts';
import { parseSlo } from '../../loadgen/capacity/slo/index.ts';
import { makeFolder } from '../../loadgen/doctor/index.ts';
import { whileAwake } from '../../loadgen/host/index.ts';
import { ClusterError, catalogue } from '../../server/errors/index.ts';
import { predictProfiles } from './predict-profiles.ts';
import { predictSize } from './predict-size.ts';
import { repeatSearch } from './repeat-search.ts';
import { runParts, tell } from './simulated/index.ts';
import type { Trying } from './trying.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    profile: { type: 'string', default: '42k' },
    profiles: { type: 'string', default: 'chat,ticker,presence,game,42k' },
    slo: { type: 'string', default: '99% < 50ms' },
    sizes: { type: 'string', default: '1,1,2,2,3,4' },
    next: { type: 'string', default: '6' },
    share: { type: 'string' },
    service: { type: 'string' },
    searches: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: join('reports', 'runs', 'capacity') },
  },
});

/** Of a core: six of these workers and their load generator fit into two. */
const SMALL_SHARE = 0.2;

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort());

/** What can be tried, by its name. */
const tries: Record<string, (trying: Trying) => Promise<void>> = {
  repeat: (trying) => repeatSearch(trying, given('share')),
  sizes: (trying) =>
    predictSize(trying, {
      sizes: numbers(options.sizes),
      next: Number(options.next),
      share: given('share') ?? SMALL_SHARE,
    }),
  profiles: async (trying) =>
    predictProfiles(trying, await Promise.all(options.profiles.split(',').map(readProfile)), given('share')),
  simulated: async ({ keep }) => {
    const wish = { searches: Number(options.searches), seed: Number(options.seed) };
    const { isKept, text } = tell(await runParts(wish, availableParallelism()));
    keep(text);
    if (!isKept) process.exitCode = 1;
  },
};

try {
  await main();
} catch (error) {
  if (!(error instanceof ClusterError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = catalogue[error.code].exit;
}

async function main(): Promise<void> {
  const { out, profile, slo } = options;
  const [name = 'repeat'] = positionals;
  const work = tries[name];
  if (work === undefined) {
    throw new ClusterError(`Cannot try "${name}": wanted is one of ${Object.keys(tries).join(', ')}`, {
      code: 'USAGE_WRONG',
    });
  }
  const trying: Trying = {
    profile: await readProfile(profile),
    slo: parseSlo(slo),
    serviceMicros: given('service'),
    out: makeFolder(out),
    say: (text) => process.stderr.write(`${text}\n`),
    keep: (text) => {
      appendFileSync(join(out, 'trials.md'), text);
      process.stdout.write(text);
    },
    signal: interrupt.signal,
  };
  await whileAwake(() => work(trying));
  appendFileSync(join(out, 'trials.md'), '\n');
}

/** A number above 0 that an option may name. */
function given(name: 'service' | 'share'): number | undefined {
  const { [name]: text } = options;
  if (text === undefined || Number(text) > 0) return text === undefined ? undefined : Number(text);
  throw new ClusterError(`Cannot take --${name}: current value is "${text}", wanted a number above 0`, {
    code: 'OPTION_INVALID',
  });
}

function numbers(list: string): number[] {
  return list.split(',').map(Number);
}
