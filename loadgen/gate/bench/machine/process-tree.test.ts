import { expect, test } from 'vitest';
import { processTree } from './process-tree.ts';

test('processTree() begins with its root and finds descendants', () => {
  expect(processTree(process.pid)[0]).toBe(process.pid);
  expect(processTree(process.ppid)).toContain(process.pid);
});
