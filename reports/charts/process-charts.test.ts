import { expect, test } from 'vitest';
import { toRun } from '../../loadgen/results/index.ts';
import { syntheticRun } from '../../loadgen/testing.ts';
import { healthyRun, withBalancer } from '../testing.ts';
import {
  balancerFigures,
  brokerFigures,
  generatorFigures,
  MOST_LINES,
  workerFigures,
} from './process-charts.ts';

test('workerFigures() gives each worker a line of its own look in every chart', () => {
  const figures = workerFigures(healthyRun());
  expect(figures).toHaveLength(8);
  for (const { model } of figures) {
    const own = model.lines.filter(({ filled }) => !filled);
    expect(own.map(({ label, look }) => [label, look])).toEqual([
      ['w0', 0],
      ['w1', 1],
    ]);
  }
});

test('workerFigures() lays the lateness of the generator under every latency, and under nothing else', () => {
  const late = workerFigures(healthyRun()).filter(({ model }) => model.lines.some(({ filled }) => filled));
  expect(late.map(({ title }) => title)).toEqual(['Response p50', 'Response p99']);
});

test('workerFigures() draws the slowest workers when there are more than can be told apart', () => {
  const run = toRun(syntheticRun({ users: 48, workers: 12, seconds: 10 }));
  run.summary.workers.forEach((worker, index) => {
    worker.response = { p50: 0, p99: index === 3 ? 900 : index };
  });
  const [connections] = workerFigures(run);
  expect(connections?.model.lines).toHaveLength(MOST_LINES);
  expect(connections?.model.lines.map(({ label }) => label)).toEqual([
    'w3',
    'w5',
    'w6',
    'w7',
    'w8',
    'w9',
    'w10',
    'w11',
  ]);
});

test('workerFigures() leaves a gap while a worker is away', () => {
  const run = healthyRun();
  const away = run.timeline[20];
  if (away === undefined) throw new Error('the synthetic run has no second 20');
  away.workers = away.workers.filter(({ worker }) => worker !== '1');
  const lines = workerFigures(run)[0]?.model.lines ?? [];
  expect(lines.map(({ points }) => points[20]?.[1] === null)).toEqual([false, true]);
});

test('brokerFigures() shows what a broker passes on and what that costs', () => {
  expect(brokerFigures(healthyRun()).map(({ title }) => title)).toEqual([
    'Messages per second',
    'CPU',
    'Memory',
    'Event-loop delay p99',
  ]);
});

test('generatorFigures() counts the coordinator in, but claims no idle loop for it', () => {
  const [cpu, , loop] = generatorFigures(healthyRun());
  expect(cpu?.model.lines.map(({ label }) => label)).toEqual(['load 0', 'load 1', 'coordinator']);
  expect(loop?.model.lines.map(({ label }) => label)).toEqual(['load 0', 'load 1']);
});

test('balancerFigures() draws what balancers cost, and nothing where there are none', () => {
  expect(balancerFigures(healthyRun())).toEqual([]);
  const run = healthyRun();
  withBalancer(run);
  const figures = balancerFigures(run);
  expect(figures.map(({ model }) => model.id)).toEqual([
    'chart-balancer-cpu',
    'chart-balancer-memory',
    'chart-balancer-event-loop-delay-p99',
  ]);
  expect(figures[0]?.model.lines.map(({ label }) => label)).toEqual(['lb0']);
});
