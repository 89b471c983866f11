import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packagesFile } from '../packages.ts';
import { subjects } from './index.ts';

test('subjects say the version of every package that is installed for them', () => {
  const { dependencies } = JSON.parse(readFileSync(packagesFile, 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const setups = subjects.map(({ setup }) => setup);
  for (const [name, version] of Object.entries(dependencies)) {
    expect(setups).toContainEqual(expect.stringMatching(`^${name} ${version}\\b`));
  }
});
