import { expect, test } from 'vitest';
import { findScenario, scenarioNames } from './scenarios.ts';

test('findScenario() finds each by its name', () => {
  expect(scenarioNames.map((name) => findScenario(name).name)).toEqual(['ping-pong', 'channels']);
});

test('findScenario() gives every channel as many subscribers as a publication has deliveries', () => {
  const { users, deliveries, behaviour } = findScenario('channels');
  expect(behaviour).toMatchObject({ channels: users / deliveries });
});

test('findScenario() names those there are', () => {
  expect(() => findScenario('chat')).toThrow(
    'Cannot gate scenario "chat": wanted is one of ping-pong, channels',
  );
});
