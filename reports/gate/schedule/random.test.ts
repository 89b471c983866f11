import { expect, test } from 'vitest';
import { createStream, deriveSeed } from './random.ts';

const job = { base: 'a1', candidate: 'b2', scenario: 'echo', attempt: 1 };

test('deriveSeed() is the same for the same comparison and differs with each part of it', () => {
  const others = [{ base: 'a2' }, { candidate: 'b1' }, { scenario: 'echo1' }, { attempt: 2 }];
  const seeds = [job, ...others.map((other) => ({ ...job, ...other }))].map(deriveSeed);
  expect(deriveSeed({ ...job })).toBe(seeds[0]);
  expect(seeds[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(seeds).size).toBe(seeds.length);
});

test('createStream() draws evenly from 0 to below 1, without a link between neighbours', () => {
  const draw = createStream(deriveSeed(job), 'coins');
  const drawn = Array.from({ length: 100_000 }, draw);
  const bins = new Array<number>(100).fill(0);
  for (const value of drawn) bins[Math.floor(value * 100)]! += 1;
  // 99.9 % point of the chi-square distribution with 99 degrees of freedom.
  expect(bins.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0)).toBeLessThan(148.2);
  const linked = drawn.slice(1).reduce((sum, value, n) => sum + (value - 0.5) * (drawn[n]! - 0.5), 0);
  // Four standard deviations of the correlation of independent draws.
  expect(Math.abs((linked * 12) / drawn.length)).toBeLessThan(0.0127);
});

test('createStream() of one use does not know of the others', () => {
  const [coins, again, payloads] = ['coins', 'coins', 'payloads'].map((use) => createStream('00', use));
  expect(again!()).toBe(coins!());
  expect(payloads!()).not.toBe(createStream('00', 'coins')());
});
