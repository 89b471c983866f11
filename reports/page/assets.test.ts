import { expect, test } from 'vitest';
import { readAssets } from './assets.ts';

test('readAssets() brings a style and scripts that import nothing and point nowhere', () => {
  const { style, scripts } = readAssets();
  expect(style).toContain('color-scheme: light dark');
  expect(scripts).toHaveLength(3);
  for (const script of scripts) expect(script).not.toMatch(/^import |^export [^{]|sourceMappingURL/m);
});
