import { expect, test } from 'vitest';
import { toRun } from '../results/index.ts';
import { syntheticRun } from '../testing.ts';
import { usualPrices } from './cost.ts';
import { pricesOf } from './prices.ts';

const run = toRun(syntheticRun({ users: 60, workers: 2, seconds: 4 }));

test('pricesOf() charges a message with all that was used while messages went', () => {
  const { generator, target } = pricesOf(run);
  const last = run.timeline.filter(({ phase }) => phase === 'steady').slice(-3);
  const answered = last.reduce((sum, second) => sum + second.answered, 0);
  const cores = last.reduce((sum, second) => sum + second.generator.cpuCores, 0);
  expect(generator.message).toBeCloseTo((cores * 1_000_000) / answered, 6);
  expect(target.message).toBeGreaterThan(0);
  expect(generator.delivery / usualPrices.generator.delivery).toBeCloseTo(
    generator.message / usualPrices.generator.message,
  );
});

test('pricesOf() gives each process its part of the memory that is no user', () => {
  const { generator } = pricesOf(run);
  const { rssMB, processes } = run.summary.generator;
  const users = run.summary.users.peak * usualPrices.generator.userBytes;
  expect(generator.processBytes * processes.length + users).toBeCloseTo(rssMB * 1_000_000, 0);
});

test('pricesOf() keeps to usual prices where a trial tells nothing', () => {
  const mute = {
    ...run,
    timeline: [],
    summary: { ...run.summary, messages: { ...run.summary.messages, perSecond: 0 } },
  };
  expect(pricesOf(mute).generator).toMatchObject({
    message: usualPrices.generator.message,
    connection: usualPrices.generator.connection,
  });
});
