/** Whether a generator's own figures are true: servers whose delays are known, and what it says of them. */
import { type Law, mixture, stalls } from '../../selftest/laws/index.ts';
import { type Pathology, startPathologicalServer } from '../../selftest/server/index.ts';
import type { Measure } from '../measures/index.ts';
import type { Bench } from './bench.ts';
import type { Generator, Reported } from './generator.ts';

/** A server, and the times that its users wait for it. */
interface Case {
  key: string;
  /** For people. */
  title: string;
  pathology: Pathology;
  law: Law;
}

type Report = NonNullable<Generator['report']>;

/** Users that ask, few of them because a server that has stood still takes its time to write to many. */
const USERS = 12;
/** Seconds between two questions of a user: short beside a stall, so that one who waits for its answer misses many. */
const EVERY = 0.025;
/** A whole number of stalls, wherever they begin. */
const SECONDS = 10;

const TWO_POINT = { delayMs: 2, share: 0.05, longerMs: 40 };
const STALL = { lengthMs: 400, periodMs: 5_000 };

const cases: readonly Case[] = [
  {
    key: 'twoPoint',
    title: '2 ms, one in twenty 40 ms',
    pathology: { kind: 'two-point', ...TWO_POINT },
    law: mixture([
      { share: 1 - TWO_POINT.share, delayMs: TWO_POINT.delayMs },
      { share: TWO_POINT.share, delayMs: TWO_POINT.longerMs },
    ]),
  },
  {
    key: 'stall',
    title: 'a stall of 400 ms in 5 s',
    pathology: { kind: 'stalls', firstMs: 0, ...STALL },
    law: stalls(STALL),
  },
];

const quantiles = { p50: 0.5, p99: 0.99 } as const;
const names = Object.keys(quantiles) as (keyof Reported)[];

/** How far reported times are from the true ones. Generators that report none are left out. */
export const accuracy: Measure<Bench> = {
  name: 'accuracy',
  lifetime: 'round',
  figures: cases.flatMap(({ key, title, law }) =>
    names.map((name) => ({
      key: keyOf(key, name),
      title: `error of ${name}, true ${law.quantile(quantiles[name]).toFixed(0)} ms: ${title}`,
      unit: 'ms',
    })),
  ),
  async take({ report }) {
    if (report === undefined) return {};
    const errors: Record<string, number> = {};
    for (const tested of cases) Object.assign(errors, errorsOf(tested, await interview(tested, report)));
    return errors;
  },
};

async function interview({ pathology }: Case, report: Report): Promise<Reported> {
  const server = await startPathologicalServer({ pathology, seed: 1 });
  try {
    return await report({ port: server.port, users: USERS, every: EVERY, seconds: SECONDS });
  } finally {
    await server.stop();
  }
}

function errorsOf({ key, law }: Case, reported: Reported): Record<string, number> {
  const errors = names.map((name) => [
    keyOf(key, name),
    Math.abs(reported[name] - law.quantile(quantiles[name])),
  ]);
  return Object.fromEntries(errors) as Record<string, number>;
}

function keyOf(tested: string, name: keyof Reported): string {
  return `${tested}-${name}`;
}
