import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { collectWith, toolNames } from './tools.ts';

const absent = (): never => {
  throw new Error('clinic is not installed');
};

test.each(toolNames)('collectWith() has %s keep what it collects in the folder', (tool) => {
  const { nodeOptions, environment } = collectWith(tool, '/folder');
  const places = [...nodeOptions, ...Object.values(environment)].filter((text) => text.includes('/folder'));
  expect(places.length).toBeGreaterThan(0);
  const preloads = nodeOptions.filter((_, n) => nodeOptions[n - 1] === '--require');
  expect(preloads.filter((file) => !existsSync(file))).toEqual([]);
});

test('collectWith() wants clinic before anything is run, but not for the profiler of Node', () => {
  for (const tool of toolNames.filter((name) => name !== 'cpu')) {
    expect(() => collectWith(tool, '/folder', absent)).toThrow('clinic is not installed');
  }
  expect(collectWith('cpu', '/folder', absent).nodeOptions).toContain('--cpu-prof');
});
