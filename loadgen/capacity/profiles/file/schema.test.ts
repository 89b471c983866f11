import { expect, test } from 'vitest';
import { checkFields } from './schema.ts';

test('checkFields() gives what a file says, and no options where there are none', () => {
  const value = { name: 'mine', users: 10, behaviour: { kind: 'idle' }, rates: { load: 1, fanOut: 3 } };
  expect(checkFields(value)).toEqual({ fields: { ...value, options: {} }, problems: [] });
});

test.each<[string, unknown, string]>([
  ['an unknown field', { behavior: 1 }, '"behavior" is no field of a profile; did you mean "behaviour"?'],
  ['a field of scenarios', { answerWithin: 5 }, '"answerWithin" is no field of a profile'],
  [
    'an unknown rate',
    { rates: { load: 1, fanout: 2 } },
    '"rates.fanout" is no field of a profile; did you mean "fanOut"?',
  ],
  ['half a user', { users: 0.5 }, '"users" is 0.5, wanted a whole number from 1 to 10000000'],
  ['an empty name', { name: '' }, '"name" is "", wanted some text'],
  ['options that are none', { options: 5 }, '"options" is 5, wanted an object'],
  ['rates that are none', { rates: 5 }, '"rates" is 5, wanted an object'],
  ['no load', { rates: {} }, '"rates.load" is missing, wanted a number above 0'],
  ['a load of nothing', { rates: { load: 0 } }, '"rates.load" is 0, wanted a number above 0'],
  [
    'more publications than messages',
    { rates: { load: 1, publications: 2 } },
    '"rates.publications" is 2, wanted no more than "load"',
  ],
  ['text', 'chat', 'it is "chat", wanted an object'],
  ['nothing', undefined, 'it is missing, wanted an object'],
])('checkFields() refuses %s', (_, value, problem) => {
  expect(checkFields(value)).toEqual({ problems: [problem] });
});

test('checkFields() tells all that is wrong at once', () => {
  expect(checkFields({ users: 0, nmae: 'x' }).problems).toHaveLength(2);
});
