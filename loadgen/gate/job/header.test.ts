import { expect, test } from 'vitest';
import { makeHeader } from './header.ts';
import { aCalibration } from './testing.ts';

test('makeHeader() writes down what is compared and every rule', () => {
  const directory = '/anywhere';
  const header = makeHeader(
    {
      sources: {
        base: { kind: 'commit', name: 'main', commit: 'a1', directory },
        candidate: { kind: 'working tree', name: 'working tree', commit: '', directory },
      },
      ...{ scenario: 'ping-pong', attempt: 2, seed: '5e'.repeat(16), length: 'short', metrics: ['cpu'] },
      inject: { kind: 'garbage', size: 400 },
    },
    aCalibration,
  );
  const { isPinned: _, countsInstructions: __, pace: ___, ...figures } = aCalibration;
  expect(header).toMatchObject({
    ...{ type: 'gate', version: 1, scenario: 'ping-pong', attempt: 2, length: 'short', ...figures },
    base: { name: 'main', commit: 'a1' },
    injected: 'garbage:400',
    settings: { level: 0.05 },
  });
  expect(header.candidate).toEqual({ name: 'working tree' });
  expect(new Date(header.startedAt).toISOString()).toBe(header.startedAt);
});
