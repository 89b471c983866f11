import { expect, test } from 'vitest';
import { checkSubscribeOptions } from './subscribe-options.ts';

test('checkSubscribeOptions() takes all four, undefined and nothing', () => {
  const all = { waitForAuth: true, data: { a: 1 }, priority: -1, batch: false };
  for (const options of [undefined, null, {}, all, { waitForAuth: undefined }]) {
    expect(() => checkSubscribeOptions(options)).not.toThrow();
  }
});

test.for([
  { waitForAuth: 'yes' },
  { priority: 'high' },
  { priority: Number.NaN },
  { batch: 1 },
  5,
  { data: () => 1 },
])('checkSubscribeOptions() refuses %j', (options) => {
  expect(() => checkSubscribeOptions(options)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
});

test('checkSubscribeOptions() knows what was meant', () => {
  expect(() => checkSubscribeOptions({ waitForAut: true })).toThrow(/did you mean "waitForAuth"/);
});
