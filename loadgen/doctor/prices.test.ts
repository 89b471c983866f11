import { expect, test } from 'vitest';
import { toRun } from '../results/index.ts';
import { syntheticRun } from '../testing.ts';
import { usualPrices } from './cost.ts';
import { type Extent, pricesOf } from './prices.ts';

const run = toRun(syntheticRun({ users: 60, workers: 2, seconds: 4 }));
const usual = usualPrices({ ...run.header, deliveriesPerSecond: 0 }, run.header.generator.processes);
const steady = run.timeline.filter(({ phase }) => phase === 'steady');
const answered = steady.reduce((sum, second) => sum + second.answered, 0) / steady.length;
const cores = steady.map(({ generator }) => generator.cpuCores);
const prices = (extent: Extent, heartbeatsPerSecond = 0, of = run) =>
  pricesOf(of, { extent, heartbeatsPerSecond });

test('pricesOf() charges a message with all that was used in the cheapest second, and in the dearest', () => {
  const [least, most] = [prices('least'), prices('most')];
  expect(least.generator.message).toBeCloseTo((Math.min(...cores) * 1_000_000) / answered, 6);
  expect(most.generator.message).toBeCloseTo((Math.max(...cores) * 1_000_000) / answered, 6);
  expect(most.generator.message).toBeGreaterThan(least.generator.message);
  expect(most.generator.delivery / usual.generator.delivery).toBeCloseTo(
    most.generator.message / usual.generator.message,
  );
  expect(most.target.heartbeat / usual.target.heartbeat).toBeCloseTo(
    most.target.message / usual.target.message,
  );
});

test('pricesOf() charges messages and heartbeats together with what both took', () => {
  for (const extent of ['least', 'most'] as const) {
    const { message, heartbeat } = prices(extent, 40).generator;
    const one = extent === 'least' ? Math.min(...cores) : Math.max(...cores);
    expect((answered * message + 40 * heartbeat) / 1_000_000).toBeCloseTo(one, 9);
    expect(message).toBeLessThan(prices(extent).generator.message);
  }
});

test('pricesOf() gives each process its part of the memory that is no user', () => {
  const { generator } = prices('most');
  const { rssMB, processes } = run.summary.generator;
  const users = run.summary.users.peak * usual.generator.userBytes;
  expect(generator.processBytes * processes.length + users).toBeCloseTo(rssMB * 1_000_000, 0);
});

test.each([
  ['half of what it took besides messages', 0.05, 100],
  ['twice the usual at most', 1, 2 * usual.generator.connection],
])('pricesOf() charges a connection of the second in which most came with %s', (_what, cpuCores, price) => {
  const started = [300, 300, 500, 510];
  const timeline = run.timeline.slice(0, started.length).map((second, at) => ({
    ...second,
    users: { ...second.users, started: started[at] ?? 0 },
    // 200 users and 1,000 answers. The first second is left out, however many came in it.
    ...(at === 2 && { answered: 1_000, generator: { ...second.generator, cpuCores } }),
  }));
  const generator = { ...run.summary.generator, cpuMicrosPerMessage: 10 };
  const found = prices('most', 0, { ...run, timeline, summary: { ...run.summary, generator } });
  expect(found.generator.connection).toBeCloseTo(price, 6);
});

test('pricesOf() keeps to usual prices where a trial tells nothing', () => {
  const mute = {
    ...run,
    timeline: [],
    summary: { ...run.summary, generator: { ...run.summary.generator, cpuMicrosPerMessage: 0 } },
  };
  expect(prices('most', 0, mute).generator).toMatchObject({
    message: usual.generator.message,
    connection: usual.generator.connection,
  });
});

test('pricesOf() adds to the dearest message of the server what many users take in a longer run, not for few', () => {
  const messageOf = (extent: Extent, peak: number): number => {
    const summary = { ...run.summary, users: { ...run.summary.users, peak } };
    return prices(extent, 0, { ...run, summary }).target.message;
  };
  const alone = messageOf('most', 0);
  expect(messageOf('most', 3_000) / alone).toBeCloseTo(1.17, 2);
  expect(messageOf('most', 10) / alone).toBeCloseTo(1, 2);
  expect(messageOf('least', 3_000)).toBe(messageOf('least', 10));
});
