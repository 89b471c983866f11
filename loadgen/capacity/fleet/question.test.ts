import { expect, test } from 'vitest';
import { complete } from './question.ts';
import { questionOf } from './testing.ts';

test('complete() plans on 65 % of the capacity, a worker for each vCPU, and connections that are followed', () => {
  const { isTracked, ...open } = questionOf();
  expect(isTracked).toBe(false);
  expect(complete(open)).toMatchObject({
    utilisation: 0.65,
    isTracked: true,
    brokers: 1,
    clients: 'internet',
  });
  expect(complete(open).workersOn(8)).toBe(8);
});

test('complete() keeps what a question says', () => {
  const question = questionOf({ utilisation: 0.5, isTracked: false });
  expect(complete(question)).toMatchObject({ utilisation: 0.5, isTracked: false });
});
