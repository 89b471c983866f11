import { expect, test } from 'vitest';
import { readChartLibrary } from './chart-library.ts';

test('readChartLibrary() brings the licence along and no reference to another file', () => {
  const source = readChartLibrary();
  expect(source).toContain('Released under the MIT License');
  expect(source).not.toContain('sourceMappingURL');
});
