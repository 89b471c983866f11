import { expect, test } from 'vitest';
import { runnerOf } from './runner.ts';

test('runnerOf() tells hosts apart by processor and major version of Node alone', () => {
  const host = { cpus: 2, model: 'Xeon 8481C', node: '20.20.0' };
  expect(runnerOf(host)).toBe('2 × Xeon 8481C, Node 20');
  expect(runnerOf({ ...host, node: '20.19.1' })).toBe(runnerOf(host));
  expect(runnerOf({ ...host, node: '22.1.0' })).not.toBe(runnerOf(host));
});
