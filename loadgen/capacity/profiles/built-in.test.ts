import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scenario } from '../../../scenarios/42k-users.ts';
import { builtIn, profileNames, usualController } from './built-in.ts';
import { profileSchema } from './profile.ts';

test('builtIn() has each profile that is named, with an application that is there, and no other', () => {
  expect(profileNames).toEqual(['chat', 'ticker', 'presence', 'game', 'idle', '42k']);
  for (const name of profileNames) {
    const { folder, controller, ...file } = builtIn(name)!;
    expect(profileSchema.parse(file)).toEqual(file);
    expect(existsSync(controller)).toBe(true);
    expect(existsSync(folder)).toBe(true);
  }
  expect(builtIn('chats')).toBeUndefined();
});

test('builtIn() has users of 42k do what those of the scenario do', () => {
  const { behaviour, pingInterval } = builtIn('42k')!;
  expect(scenario.behaviour).toEqual(behaviour);
  expect(scenario.target.options).toMatchObject({ pingInterval });
});

test('usualController() answers calls by the application of calls', () => {
  const calls = { ...builtIn('42k')!, behaviour: { kind: 'calls' as const, payload: 1, every: 1 } };
  expect(usualController(calls)).toMatch(/controllers\/calls\.js$/);
});
