import { expect, test } from 'vitest';
import { syntheticSummary } from '../../testing.ts';
import { brokenGroups, doubtsOfBehaviours } from './behaviours.ts';

const summary = syntheticSummary({ users: 60, workers: 1, seconds: 2 });
const throwing = (thrown: Record<string, number>) => ({ ...summary, users: { ...summary.users, thrown } });

test('brokenGroups() names each group none of whose visits went well, and no group without any', () => {
  expect(
    brokenGroups([
      { group: 'all', begun: 20, threw: 20 },
      { group: 'most', begun: 20, threw: 19 },
      { group: 'nobody', begun: 0, threw: 0 },
    ]),
  ).toEqual(['Every visit of group "all" ended with an error: 20 of 20']);
});

test('doubtsOfBehaviours() doubts a run from more than one error in a hundred visits on', () => {
  const visits = [
    { group: 'a', begun: 150, threw: 1 },
    { group: 'b', begun: 50, threw: 0 },
  ];
  expect(doubtsOfBehaviours(throwing({}), [])).toEqual([]);
  expect(doubtsOfBehaviours(throwing({ TypeError: 1, RangeError: 1 }), visits)).toEqual([]);
  expect(doubtsOfBehaviours(throwing({ TypeError: 2, RangeError: 1 }), visits)).toEqual([
    "Behaviours of the scenario's own ended with 3 errors in 200 visits: their users fell silent",
  ]);
  expect(doubtsOfBehaviours(throwing({ Error: 1 }), [{ group: 'a', begun: 1, threw: 0 }])).toEqual([
    "Behaviours of the scenario's own ended with 1 error in 1 visit: their users fell silent",
  ]);
});
