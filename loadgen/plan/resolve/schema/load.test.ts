import { expect, test } from 'vitest';
import { phases, ramp, rulesOf } from './load.ts';

test('rulesOf() takes rules bare or with what they do to the run, over figures that there are', () => {
  expect(rulesOf('run').parse(['users.failed == 0', { rule: 'seconds > 1', abort: true }])).toEqual([
    'users.failed == 0',
    { rule: 'seconds > 1', abort: true, grace: 0 },
  ]);
  expect(rulesOf('phase').safeParse(['messages.sent > 0']).success).toBe(true);
  expect(rulesOf('phase').safeParse(['balance.connections < 2']).success).toBe(false);
  expect(rulesOf('run').safeParse(['users.faild == 0']).success).toBe(false);
  expect(rulesOf('run').safeParse([{ rule: 'seconds > 1', grace: -1 }]).success).toBe(false);
});

test('ramp takes a rate or stages', () => {
  const right = [160, [{ users: 1, rate: 1 }], [{ users: 9, rate: [0, 5] }, { wait: 1 }]];
  for (const value of right) expect(ramp.safeParse(value).success).toBe(true);
  for (const value of [0, [], [{}], [{ users: 1 }], [{ users: 1, rate: -1 }], [{ wait: 0 }]])
    expect(ramp.safeParse(value).success).toBe(false);
});

test('phases have names that may stand in a rule, and whole seconds', () => {
  expect(phases.parse([{ name: 'peak-1', duration: 5 }])).toEqual([
    { name: 'peak-1', duration: 5, pace: 1, measured: true, rules: [] },
  ]);
  for (const value of [
    [],
    [{ name: 'a.b', duration: 5 }],
    [{ name: 'a', duration: 1.5 }],
    [{ name: 'a', duration: 5, pace: -1 }],
  ])
    expect(phases.safeParse(value).success).toBe(false);
});
