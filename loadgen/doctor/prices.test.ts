import { expect, test } from 'vitest';
import { toRun } from '../results/index.ts';
import { syntheticRun } from '../testing.ts';
import { usualPrices } from './cost.ts';
import { pricesOf } from './prices.ts';

const run = toRun(syntheticRun({ users: 60, workers: 2, seconds: 4 }));
const usual = usualPrices({ ...run.header, deliveriesPerSecond: 0 }, run.header.generator.processes);

test('pricesOf() charges a message with all that was used while messages went', () => {
  const { generator, target } = pricesOf(run);
  const last = run.timeline.filter(({ phase }) => phase === 'steady');
  const answered = last.reduce((sum, second) => sum + second.answered, 0);
  const cores = last.reduce((sum, second) => sum + second.generator.cpuCores, 0);
  expect(generator.message).toBeCloseTo((cores * 1_000_000) / answered, 6);
  expect(generator.delivery / usual.generator.delivery).toBeCloseTo(
    generator.message / usual.generator.message,
  );
  expect(target.heartbeat / usual.target.heartbeat).toBeCloseTo(target.message / usual.target.message);
});

test('pricesOf() gives each process its part of the memory that is no user', () => {
  const { generator } = pricesOf(run);
  const { rssMB, processes } = run.summary.generator;
  const users = run.summary.users.peak * usual.generator.userBytes;
  expect(generator.processBytes * processes.length + users).toBeCloseTo(rssMB * 1_000_000, 0);
});

test('pricesOf() keeps to usual prices where a trial tells nothing', () => {
  const mute = {
    ...run,
    timeline: [],
    summary: { ...run.summary, generator: { ...run.summary.generator, cpuMicrosPerMessage: 0 } },
  };
  expect(pricesOf(mute).generator).toMatchObject({
    message: usual.generator.message,
    connection: usual.generator.connection,
  });
});

test('pricesOf() adds to a message of the server what many users take in a longer run, and nothing for few', () => {
  const { users, target } = run.summary;
  const ratioOf = (peak: number): number => {
    const summary = { ...run.summary, users: { ...users, peak } };
    return pricesOf({ ...run, summary }).target.message / (target.cpuMicrosPerMessage ?? 0);
  };
  expect(ratioOf(3_000)).toBeCloseTo(1.17, 2);
  expect(ratioOf(10)).toBeCloseTo(1, 2);
});
