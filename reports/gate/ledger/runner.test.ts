import { expect, test } from 'vitest';
import { plainRunner, runnerOf } from './runner.ts';

test('runnerOf() tells hosts apart by processor and major version of Node alone', () => {
  const host = { cpus: 2, model: 'Xeon 8481C', node: '20.20.0' };
  expect(runnerOf(host)).toBe('2 × Xeon 8481C, Node 20');
  expect(runnerOf({ ...host, node: '20.19.1' })).toBe(runnerOf(host));
  expect(runnerOf({ ...host, node: 'v20.20.2' })).toBe(runnerOf(host));
  expect(runnerOf({ ...host, node: '22.1.0' })).not.toBe(runnerOf(host));
});

test('plainRunner() reads what early ledgers wrote, and leaves all else', () => {
  expect(plainRunner('2 × Xeon v4, Node v20')).toBe('2 × Xeon v4, Node 20');
  for (const runner of ['2 × Xeon v4, Node 20', 'somewhere', 'Node v20 on x']) {
    expect(plainRunner(runner)).toBe(runner);
  }
});
