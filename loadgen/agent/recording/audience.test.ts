import { expect, test } from 'vitest';
import { Audience } from './audience.ts';

test('Audience may hear what somebody asked for', () => {
  const audience = new Audience();
  audience.ask('news');
  expect(['news', 'log'].map((channel) => audience.mayHear(channel))).toEqual([true, false]);
});

test('Audience may hear everything once there are too many channels to be remembered', () => {
  const audience = new Audience();
  for (let channel = 0; channel < 65_535; channel += 1) audience.ask(String(channel));
  expect(audience.mayHear('news')).toBe(false);
  audience.ask('one more');
  expect(audience.mayHear('news')).toBe(true);
});
