import { expect, test } from 'vitest';
import { syntheticRun } from '../../testing.ts';
import { summarize } from '../run.ts';
import { doubtsOfGenerator, spoiltByGenerator } from './generator.ts';

const summary = summarize(syntheticRun({ users: 60, workers: 2, seconds: 2 }));
const late = (errorMs: number, push: number) => ({
  ...summary,
  generator: { ...summary.generator, errorMs },
  latencyMs: { ...summary.latencyMs, push: { ...summary.latencyMs.response!, p99: push } },
});

test('spoiltByGenerator() holds lateness against the later of responses and deliveries', () => {
  expect(spoiltByGenerator(late(70, 1_000))).toEqual([]);
  expect(spoiltByGenerator(late(90, 1_000))).toEqual([expect.stringContaining('90.0 ms')]);
});

test('doubtsOfGenerator() repeats nothing that spoilt the run', () => {
  expect(doubtsOfGenerator(late(70, 1_000))).toHaveLength(1);
  expect(doubtsOfGenerator(late(90, 1_000))).toEqual([]);
});
