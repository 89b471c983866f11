/** The fields of gate.json. Everything that a page or a text prints of a gate stands here, with full precision. */
import { z } from 'zod';
import { metricNames } from '../../gate/metrics/index.ts';

/** Version of the file. It counts up with every change that a reader of the old fields would stumble over. */
export const GATE_REPORT_VERSION = 1;

const metric = z.enum(metricNames);
const count = z.int().nonnegative();
const byBuild = z.object({ base: z.number(), candidate: z.number() });
const build = z.object({
  name: z.string().describe('What was asked for: a branch, a tag, a folder'),
  commit: z.string().optional(),
});

const interval = z.object({ lower: z.number(), upper: z.number() });

const lookSchema = z.object({
  blocks: count,
  effect: z.number(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
});

const rowSchema = z
  .object({
    metric,
    title: z.string(),
    unit: z.string(),
    scale: z.enum(['ratio', 'share']),
    verdict: z
      .enum(['regression', 'improvement', 'immaterial', 'unchanged', 'inconclusive'])
      .optional()
      .describe('Absent where the metric is only watched'),
    method: z.enum(['signed-rank', 'sign']),
    blocks: count.describe('Blocks it rests on'),
    pairsAgain: count.describe('Pairs of windows of these blocks that were disturbed and measured again'),
    look: z.int().positive().describe('Look that settled it, or the last one; from 1'),
    materiality: z.number(),
    margin: z.number(),
    effect: z.number().describe('0.05 is 5 % worse, or five hundredths of a share'),
    lower: z.number().nullable().describe('null where so few blocks give no bound'),
    upper: z.number().nullable(),
    bootstrap: interval.describe('95 % interval by resampling blocks; decides nothing'),
    pWorse: z.number().describe('Chance of differences at least as bad from equal builds'),
    limit: z.number().optional().describe('What pWorse had to stay below; of a watched metric none'),
    falseFinds: z
      .number()
      .optional()
      .describe('Of a watched metric: share of false finds among those as sure'),
    spread: z.number().describe('Of single blocks, on the scale of the test'),
    detectable: z.number().describe('Smallest effect that so many blocks find in four jobs of five'),
    blocksNeeded: z
      .number()
      .describe('Blocks that find an effect as large as the margin in four jobs of five'),
    base: z.number().describe('Median over blocks, in the unit'),
    candidate: z.number(),
    differences: z
      .array(z.number())
      .describe('Of each whole block, on the scale of the test; the first `blocks` of them were judged'),
    looks: z.array(lookSchema).describe('What each look saw'),
  })
  .describe('One metric; positive is worse');

const blockSchema = z.object({
  index: count,
  attempt: z.int().positive().describe('1, or more where the whole block was given up and measured again'),
  isWhole: z.boolean(),
  first: z.enum(['base', 'candidate']).describe('The build that the first window loaded'),
  pairs: count,
  pairsAgain: count,
  disturbed: byBuild.describe('Disturbed windows of each build'),
  causes: z.record(z.string(), count).describe('Disturbed windows by cause'),
  values: z
    .partialRecord(metric, byBuild)
    .describe('In the unit of each metric; empty unless the block is whole'),
});

const standingSchema = z.object({
  metric,
  jobs: count.describe('Jobs of equal builds, the last 60 at most'),
  falseAlarms: count,
  bound: z.number().describe('Rate of false alarms that is not exceeded, with a confidence of 95 %'),
  spread: z.number().optional().describe('Median spread of single blocks'),
  injected: z
    .object({ name: z.string(), effect: z.number(), found: z.number() })
    .optional()
    .describe('The last slowdown that was put in, and what was found of it'),
  isQuarantined: z.boolean().describe('Watched only: it raised more alarms than chance explains'),
});

const faults = z.object({ lost: count, duplicated: count, reordered: count });

/** What other programs may rely on in gate.json. */
export const gateReportSchema = z.object({
  version: z.literal(GATE_REPORT_VERSION),
  startedAt: z.string(),
  scenario: z.string(),
  base: build,
  candidate: build,
  injected: z.string().optional().describe('Slowdown planted into the candidate, as "parse:10"'),
  attempt: z.int().positive(),
  seed: z.string(),
  length: z.enum(['long', 'short']),
  time: z
    .object({
      limitSeconds: z.number().describe('Longest time for the job, builds included'),
      blockSeconds: z.number().describe('What a block was found to take before the first'),
    })
    .optional()
    .describe('What the number of blocks follows from; absent where nobody set a time'),
  level: z.number().describe('Chance that a job of two equal builds ends red'),
  looks: z.array(count).describe('Blocks after which the job is judged'),
  offeredPerSecond: z.number(),
  stallLimitMs: z.number(),
  host: z.object({
    cpus: z.int(),
    model: z.string(),
    kernel: z.string(),
    node: z.string(),
    isAwake: z
      .boolean()
      .exactOptional()
      .describe('Whether idle processors were kept from halting; absent in older records'),
  }),
  status: z.enum(['pass', 'regression', 'inconclusive', 'invalid']),
  sentence: z.string().describe('The verdict in words'),
  reasons: z.array(z.string()),
  isFinished: z.boolean().describe('Whether more blocks could change anything'),
  blocks: z.object({ measured: count, judged: count }),
  rows: z.array(rowSchema),
  faults: z.object({ base: faults, candidate: faults }),
  breakdown: z
    .object({ arm: z.enum(['base', 'candidate']), why: z.string() })
    .optional()
    .describe('The build whose server ended under load; absent where both held'),
  disturbed: z.object({
    pairs: count,
    disturbedPairs: count,
    blocksAgain: count,
    windows: byBuild,
    pUneven: z.number().describe('Chance of windows so unevenly divided when disturbance ignores the build'),
    causes: z.record(z.string(), count),
  }),
  measured: z.array(blockSchema).describe('Every block, those given up included, in the order of time'),
  ledger: z
    .object({ runner: z.string(), standings: z.array(standingSchema) })
    .optional()
    .describe('How the gate did on this kind of host; absent without a ledger'),
  commands: z.object({
    repeat: z.string(),
    recompute: z.string(),
    profile: z.string().optional().describe('Where the time goes; offered when the job ended red'),
  }),
});

/** A gate as it is told. */
export type GateReport = z.infer<typeof gateReportSchema>;

/** One metric of it. */
export type ReportRow = GateReport['rows'][number];

/** One attempt at a block. */
export type ReportBlock = GateReport['measured'][number];
