import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toolVersion } from './tool-version.ts';

test('toolVersion() is the one in package.json', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(toolVersion()).toBe(manifest.version);
});
