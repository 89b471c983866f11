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
