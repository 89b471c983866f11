import { expect, test } from 'vitest';
import { readScript, readStyle } from './assets.ts';

test('readStyle() brings the style sheets of the page', () => {
  expect(readStyle()).toContain('color-scheme: light dark');
});

test.each([
  'looks',
  'plugins',
  'charts',
  'tables',
  'live',
  'selection/brush',
  'selection/figures',
  'selection/heat',
  'selection/record',
  'selection/spectrum',
])('readScript() brings the module %s, which imports nothing and points nowhere', (name) => {
  expect(readScript(name)).not.toMatch(/^import |^export [^{]|sourceMappingURL/m);
});

test('readScript() says what to do about a script that was not built', () => {
  expect(() => readScript('nosuch')).toThrow(/Cannot read page script ".*nosuch.js": .*npm run build/);
});
