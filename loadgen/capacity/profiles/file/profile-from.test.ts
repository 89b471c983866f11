import { expect, test } from 'vitest';
import { entry } from '../../../../server/process/index.ts';
import { channelsOf } from '../testing.ts';
import { profileFrom } from './profile-from.ts';

const origin = { name: 'mine', folder: '/folder' };
const from = (value: unknown) => profileFrom(value, origin);

test('profileFrom() takes a profile as it is, with an application only where one is needed', () => {
  const value = { name: 'own', users: 100, behaviour: channelsOf(), stays: 10, returns: 2 };
  expect(from(value)).toEqual({
    ...value,
    question: 'What users of "own" do.',
    controller: entry('scenarios/controllers/channels.js'),
    folder: '/folder',
    options: {},
  });
});

test('profileFrom() takes groups, and rates of functions of their own', () => {
  const value = {
    groups: [{ name: 'all', weight: 1, behaviour: { kind: 'custom', file: './own.js' } }],
    rates: { load: 3 },
    controller: './application.js',
    options: { pingInterval: 9_000 },
  };
  expect(from(value)).toMatchObject({ ...value, name: 'mine' });
});

test.each<[string, unknown, string]>([
  ['no object', 7, 'Cannot use profile "mine": it is 7, wanted an object'],
  ['a mistyped field', { behavior: {} }, '"behavior" is no field of a profile; did you mean "behaviour"?'],
  [
    'a mistyped field of a behaviour',
    { users: 5, behaviour: { ...channelsOf(), payloadByte: 5 } },
    'Cannot use profile "mine": "behaviour.payloadByte" is no field of a scenario; did you mean "payloadBytes"?',
  ],
  ['nobody', { name: 'empty' }, 'Cannot use profile "empty": "behaviour" is missing, wanted one of the two'],
  ['channels for nobody', { behaviour: channelsOf() }, '"users" is missing, wanted the number of users'],
  [
    'calls that nobody answers',
    { behaviour: { kind: 'calls', payload: 1, every: 1 } },
    '"controller" is missing, wanted the application',
  ],
  [
    'users who cannot be planned with',
    { users: 9, behaviour: channelsOf({ popularity: { zipf: 1 } }) },
    'Cannot use profile "mine": its users "channels" have "popularity"',
  ],
  [
    'plain messages',
    { controller: './a.js', behaviour: { kind: 'messages', message: 'x', every: 1 } },
    'Cannot use profile "mine": its users "messages" send plain messages',
  ],
  ['a scenario that is none', { name: 'bad', target: {} }, 'Cannot run scenario "bad": '],
])('profileFrom() refuses %s in a sentence', (_, value, sentence) => {
  expect(() => from(value)).toThrow(sentence);
});

test('profileFrom() tells all that is wrong at once', () => {
  const value = { users: 5, behaviour: { ...channelsOf(), every: -1, publishers: 2 } };
  expect(() => from(value)).toThrow(/^Cannot use profile .*publishers.*\nCannot use profile .*every.*$/);
});
