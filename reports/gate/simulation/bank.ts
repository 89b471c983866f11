/**
 * What a gate would do on the host that left these blocks: recorded blocks of equal builds are drawn again and again,
 * each with a fresh coin. What the bank never saw, as a rare disturbance, the answer does not know of either.
 */
import { type MetricName, toScale } from '../metrics/index.ts';
import { createStream } from '../schedule/index.ts';
import { type Differences, judge, type Settings } from '../verdicts/index.ts';

/** What became of the jobs. */
export interface BankRates {
  readonly jobs: number;
  /** Share of the jobs in which a metric was red. */
  readonly red: number;
  /** Share of the jobs in which each gated metric was red. */
  readonly redByMetric: { readonly [metric in MetricName]?: number };
  /** Blocks a job took on average. */
  readonly meanBlocks: number;
}

/**
 * Simulates jobs on recorded differences, one for each block and metric. `effect` is added to every metric: 0.05 makes
 * the candidate 5 % worse.
 * @throws RangeError when the bank is empty or a gated metric has fewer blocks than the others.
 */
export function drawFromBank(
  bank: Differences,
  { settings, effect, jobs, seed }: { settings: Settings; effect: number; jobs: number; seed: string },
): BankRates {
  const gated = settings.hypotheses.map(({ metric }) => metric);
  const size = sizeOf(bank, gated);
  const draw = createStream(seed, 'bank');
  const redJobs = new Map<MetricName, number>(gated.map((metric) => [metric, 0]));
  let red = 0;
  let blocks = 0;
  for (let job = 0; job < jobs; job += 1) {
    const drawn = drawJob(bank, { gated, size, draw, effect, blocks: settings.looks.at(-1)?.blocks ?? 0 });
    const judgement = judge(settings, drawn);
    const found = judgement.findings.filter(({ verdict }) => verdict === 'regression');
    for (const { metric } of found) redJobs.set(metric, (redJobs.get(metric) ?? 0) + 1);
    if (found.length > 0) red += 1;
    blocks += judgement.blocks;
  }
  const redByMetric = Object.fromEntries([...redJobs].map(([metric, count]) => [metric, count / jobs]));
  return { jobs, red: red / jobs, redByMetric, meanBlocks: blocks / jobs };
}

/** All metrics of a block stay together, under one coin. */
function drawJob(
  bank: Differences,
  context: { gated: readonly MetricName[]; size: number; draw: () => number; effect: number; blocks: number },
): Differences {
  const { gated, size, draw, effect, blocks } = context;
  const picks = Array.from({ length: blocks }, () => {
    return { block: Math.floor(draw() * size), sign: draw() < 0.5 ? -1 : 1 };
  });
  const drawn: Partial<Record<MetricName, number[]>> = {};
  for (const metric of gated) {
    const truth = toScale(metric, effect);
    drawn[metric] = picks.map(({ block, sign }) => truth + sign * (bank[metric]?.[block] ?? 0));
  }
  return drawn;
}

function sizeOf(bank: Differences, gated: readonly MetricName[]): number {
  const sizes = gated.map((metric) => bank[metric]?.length ?? 0);
  const [size = 0] = sizes;
  if (size === 0 || sizes.some((other) => other !== size))
    throw new RangeError(
      `Cannot draw jobs from the bank: its metrics have ${sizes.join(', ')} blocks, wanted as many`,
    );
  return size;
}
