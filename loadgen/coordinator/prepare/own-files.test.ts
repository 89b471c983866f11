import { expect, test } from 'vitest';
import { groupOf, planOf } from '../../plan/testing.ts';
import { locateFiles } from './own-files.ts';

test('locateFiles() starts relative paths from the folder of the scenario, and leaves the rest of a plan alone', () => {
  const own = (file: string) => groupOf({ behaviour: { kind: 'custom', file, options: 7 } });
  const plan = planOf({ groups: [groupOf(), own('./a.mjs'), own('/b/c.mjs')] });
  expect(locateFiles(plan, '/folder')).toEqual({
    ...plan,
    groups: [groupOf(), own('/folder/a.mjs'), own('/b/c.mjs')],
  });
});
