import { expect, test } from 'vitest';
import { chooseInstances, instanceNamed } from './instance.ts';
import { readSnapshot } from './snapshot.ts';

const snapshot = readSnapshot();

test('chooseInstances() takes families and single types, in the order of the snapshot', () => {
  const types = chooseInstances(snapshot, ['t4g.large', 'c7gn', 'c7i.large']).map(({ type }) => type);
  expect(types).toEqual(['c7i.large', 'c7gn.large', 'c7gn.xlarge', 'c7gn.2xlarge', 't4g.large']);
});

test('chooseInstances() takes a family by its whole name, not by its beginning', () => {
  const families = chooseInstances(snapshot, ['c8i']).map(({ family }) => family);
  expect(new Set(families)).toEqual(new Set(['c8i']));
});

test('chooseInstances() leaves out what nobody buys unless it is named', () => {
  const types = chooseInstances(snapshot).map(({ type }) => type);
  expect(types).toHaveLength(86);
  expect(types).not.toContain('m3.2xlarge');
  expect(chooseInstances(snapshot, ['m3.2xlarge'])).toHaveLength(1);
});

test('chooseInstances() has a sentence for each unknown name, with what was most likely meant', () => {
  expect(() => chooseInstances(snapshot, ['c7g.lage', 'quantum', 'c7g'])).toThrow(
    'Cannot use instance "c7g.lage": there is no such type or family; did you mean "c7g.large"?\n' +
      'Cannot use instance "quantum": there is no such type or family',
  );
});

test('instanceNamed() gives a single type, and refuses a family and what is none', () => {
  expect(instanceNamed(snapshot, 'c7g.large')).toMatchObject({ type: 'c7g.large', family: 'c7g' });
  expect(() => instanceNamed(snapshot, 'c7g')).toThrow(
    'Cannot use instance "c7g": it is a family, wanted a type such as c7g.large',
  );
  expect(() => instanceNamed(snapshot, 'c7g.lage')).toThrow('there is no such type or family');
});
