/**
 * Thousands of jobs that measure nothing: the schedule, the looks and the judge are those of a live job, the blocks
 * are noise of a known law. What must come out is known, so it shows whether the gate keeps its word.
 */
import { cutLooks } from '../looks/index.ts';
import { type MetricName, metrics, toScale } from '../metrics/index.ts';
import { createStream, deriveSeed, planBlocks } from '../schedule/index.ts';
import {
  type Differences,
  type Judgement,
  judge,
  pullRequestSettings,
  type Settings,
} from '../verdicts/index.ts';
import { createNoise, type Law } from './noise.ts';

/** One kind of job, to be simulated many times. */
export interface Experiment {
  readonly law: Law;
  readonly settings: Settings;
  /** Spread of one block, on the scale of logarithms. */
  readonly spread: number;
  /** How much worse the candidate truly is in every metric: 0.05 is 5 %. */
  readonly effect: number;
  /** Whether jobs have time for some of their blocks only. Default: for all. */
  readonly isShort?: boolean;
  /** Draws the blocks of a job. Default: as a live job does. */
  readonly plan?: typeof planBlocks;
}

/** How often jobs ended wrongly, and how often they may. */
export interface ErrorRate {
  readonly jobs: number;
  readonly errors: number;
  readonly rate: number;
  /** The promise. */
  readonly nominal: number;
  /** The promise and three standard errors of so many jobs. */
  readonly most: number;
  /** Blocks a job took on average. */
  readonly meanBlocks: number;
}

/** What jobs are tried for. */
export const errorKinds = ['any-alarm', 'late-alarm', 'false-alarm', 'false-peace'] as const;

/** The name of an error. */
export type ErrorKind = (typeof errorKinds)[number];

const rules = pullRequestSettings({ countsInstructions: true });

/** Rules that call every difference a regression and stop for nothing else: all of the level is spent. */
const touchy: Settings = {
  ...rules,
  hypotheses: rules.hypotheses.map((hypothesis) => ({
    ...hypothesis,
    materiality: 0,
    margin: Number.MIN_VALUE,
    mayStayOpen: false,
  })),
};

/** What jobs have, of the time in which a block without noise is measured; all their blocks take about 58. */
const LEAST_TIME = 10;
const MOST_TIME = 70;

/** How jobs of each kind are made and when they ended wrongly. */
interface Trial {
  readonly settings: Settings;
  readonly spread: number;
  readonly effect: number;
  readonly isShort?: boolean;
  readonly nominal: number;
  isWrong(judgement: Judgement): boolean;
}

const trials: Record<ErrorKind, Trial> = {
  'any-alarm': { settings: touchy, spread: 0.02, effect: 0, nominal: rules.level, isWrong: isRed },
  'late-alarm': {
    ...{ settings: touchy, spread: 0.02, effect: 0, isShort: true },
    ...{ nominal: rules.level, isWrong: isRed },
  },
  'false-alarm': { settings: rules, spread: 0.05, effect: 0, nominal: rules.level, isWrong: isRed },
  'false-peace': {
    settings: rules,
    spread: 0.03,
    effect: metrics.cpu.margin,
    nominal: rules.level / rules.hypotheses.length,
    isWrong: isAtPeace,
  },
};

/**
 * Simulates equal builds, or for `false-peace` a candidate whose CPU is worse by the margin, and counts the jobs that
 * ended wrongly: red under rules without materiality, and so where their time is over early; red under the rules of a
 * pull request; unchanged.
 */
export function measureErrors(
  kind: ErrorKind,
  { law, jobs, seed, plan = planBlocks }: { law: Law; jobs: number; seed: string; plan?: typeof planBlocks },
): ErrorRate {
  const { isWrong, nominal, ...trial } = trials[kind];
  let errors = 0;
  let blocks = 0;
  for (const judgement of simulate({ law, plan, ...trial }, { jobs, seed })) {
    if (isWrong(judgement)) errors += 1;
    blocks += judgement.blocks;
  }
  const most = nominal + 3 * Math.sqrt((nominal * (1 - nominal)) / jobs);
  return { jobs, errors, rate: errors / jobs, nominal, most, meanBlocks: blocks / jobs };
}

/** Simulates jobs one after the other; each has coins of its own, and noise of its own in each metric. */
export function* simulate(
  experiment: Experiment,
  { jobs, seed }: { jobs: number; seed: string },
): Generator<Judgement> {
  const { law, settings, spread, effect, isShort, plan = planBlocks } = experiment;
  const draw = createStream(seed, law);
  const blocks = settings.looks.at(-1)?.blocks ?? 0;
  for (let attempt = 1; attempt <= jobs; attempt += 1) {
    const coins = deriveSeed({ base: seed, candidate: law, scenario: 'simulation', attempt });
    const plans = plan(coins, { blocks, length: 'short' });
    const differences: Partial<Record<MetricName, number[]>> = {};
    for (const { metric } of settings.hypotheses) {
      const next = createNoise(law, { spread, draw });
      const truth = toScale(metric, effect);
      differences[metric] = plans.map(({ windows }) => {
        const noise = next();
        const own = noise.processes.candidate - noise.processes.base;
        return truth + own + contrast(noise.windows, windows);
      });
    }
    yield judge(isShort ? inTime(settings, { differences, spread, draw }) : settings, differences);
  }
}

/**
 * Gives the rules of a job whose time is over after some blocks. Noisy blocks take longer, as windows that were
 * disturbed are measured again: when a job ends hangs on its noise.
 */
function inTime(
  settings: Settings,
  { differences, spread, draw }: { differences: Differences; spread: number; draw: () => number },
): Settings {
  const primary = differences[settings.hypotheses[0]?.metric ?? 'cpu'] ?? [];
  let left = LEAST_TIME + draw() * (MOST_TIME - LEAST_TIME);
  const over = primary.findIndex((difference) => {
    left -= 1 + Math.abs(difference) / spread;
    return left < 0;
  });
  return over === -1 ? settings : { ...settings, looks: cutLooks(settings.looks, over) };
}

/** Mean of the candidate's windows less the mean of the base's. */
function contrast(values: readonly number[], arms: readonly string[]): number {
  let sum = 0;
  for (const [position, arm] of arms.entries()) {
    const value = values[position] ?? 0;
    sum += arm === 'candidate' ? value : -value;
  }
  return (2 * sum) / arms.length;
}

function isRed({ findings }: Judgement): boolean {
  return findings.some(({ verdict }) => verdict === 'regression');
}

function isAtPeace({ findings }: Judgement): boolean {
  const found = findings.find(({ metric }) => metric === 'cpu');
  return found?.verdict === 'unchanged' || found?.verdict === 'immaterial';
}
