import { expect, test } from 'vitest';
import { examine } from '../../doctor/index.ts';
import { resolvePlan } from '../../plan/resolve/index.ts';
import { formatAdvice, formatExamination } from './examination.ts';

const examination = examine({
  resolved: resolvePlan({
    name: 'asked',
    question: 'What does it take?',
    users: 1_000,
    ramp: 100,
    duration: 10,
    behaviour: { kind: 'ping-pong', payload: {}, every: 1 },
    target: { workers: 2, brokers: 1, controller: './controller.js' },
    rules: [],
  }),
});
const limit = (name: string, users: number) => ({
  name,
  users,
  now: `${name} now`,
  remedy: `"lift ${name}"`,
});

test('formatExamination() shows the cost of both sides and every limit', () => {
  const text = formatExamination(examination);
  for (const { name } of examination.limits) expect(text).toContain(name);
  expect(text).toMatch(/Expected cost\n {2}for 1,000 users/);
  expect(text).toContain('not tried');
});

test('formatExamination() tells a range where a trial found one, and what speaks against it', () => {
  const { prices, cost } = examination;
  const generator = { ...cost.generator, measuredCores: 0.12, cores: 0.21 };
  const tried = {
    ...examination,
    isTried: true,
    doubts: ['It was late'],
    leastPrices: { ...prices, generator: { ...prices.generator, message: 17.1 } },
    prices: { ...prices, generator: { ...prices.generator, message: 24.4 } },
    leastCost: { ...cost, generator },
    cost: { ...cost, generator: { ...generator, measuredCores: 0.18 } },
  };
  const text = formatExamination(tried);
  expect(text).toMatch(/^Prices, measured just now$/m);
  expect(text).toMatch(/17\.10 to 24\.40 µs a message/);
  expect(text).toMatch(/^ {2}generator +0\.12 to 0\.18 cores +0\.21 when the last users arrive/m);
  expect(text).toMatch(/^ {2}to be doubted: It was late$/m);
});

test('formatExamination() says that the trial failed, and whose prices these are', () => {
  expect(formatExamination(examination, true)).toMatch(
    /^Prices, of another host: the trial of this one failed$/m,
  );
});

test('formatAdvice() names the first limit, and how to lift each that is in the way', () => {
  const limits = [limit('ports', 400), limit('memory', 900), limit('processor', 5_000)];
  const tight = formatAdvice({ ...examination, carries: 400, limits });
  expect(tight).toContain('carries 400 users of asked, wanted are 1,000; ports binds first (ports now).');
  expect(tight).toContain('"lift ports"');
  expect(tight).toContain('"lift memory"');
  expect(tight).not.toContain('processor');
  const enough = formatAdvice({ ...examination, carries: 5_000, limits: [limit('processor', 5_000)] });
  expect(enough).not.toContain('wanted');
  expect(enough).toContain('"lift processor"');
});
