import { expect, test } from 'vitest';
import { channels, groupOf, planOf } from '../../plan/testing.ts';
import { createFanoutJoin } from './create.ts';

/** Channels of which the word of one load process is enough. */
function wholeAtOnce(changes: Parameters<typeof planOf>[0], processes: number): number[] {
  const join = createFanoutJoin(planOf(changes), processes);
  return [0, 1].filter((channel) => {
    join.add({ process: 0, spreads: [[channel, 5, 0, 1, 1, 1, 1]], isLast: false });
    return join.take(0) !== undefined;
  });
}

test('createFanoutJoin() waits for the load processes that have subscribers of a channel', () => {
  const one = groupOf({ name: 'one', users: 5, behaviour: channels({ channels: 1, subscriptions: 1 }) });
  const own = groupOf({ name: 'own', users: 1, behaviour: channels({ channels: 1, subscriptions: 1 }) });
  const groups = [one, own];
  expect(wholeAtOnce({ users: 6, groups }, 2)).toEqual([1]);
  expect(wholeAtOnce({ users: 6, groups }, 1)).toEqual([0, 1]);
  expect(wholeAtOnce({ users: 6 }, 2)).toEqual([0, 1]);
});
