import { expect, test } from 'vitest';
import { glanceAt } from './glance.ts';

test('glanceAt() looks again after twenty times the processor time that the last look took', () => {
  const [looks, time] = [[] as number[], { now: 0, spent: 0 }];
  const look = (): number => {
    time.now += 70; // Others had the processor meanwhile.
    time.spent += 10;
    return looks.push(time.now);
  };
  const glance = glanceAt(look, { now: () => time.now, spent: () => time.spent });
  expect(glance()).toBe(1);
  time.now = 70 + 199;
  expect(glance()).toBe(1);
  time.now = 70 + 200;
  expect(glance()).toBe(2);
});

test('glanceAt() looks at once the first time', () => {
  expect(glanceAt(() => 'seen')()).toBe('seen');
});
