import { expect, test } from 'vitest';
import { aComparison } from '../../loadgen/results/peers/testing.ts';
import { formatPeers } from './terminal.ts';

test('formatPeers() prints a line a subject under each figure, with its ratio and what is wanted', () => {
  expect(formatPeers(aComparison()).split('\n')).toEqual([
    'echo, CPU of all processes, µs',
    '  ours     12.5',
    '  ws       25.0  0.50 [0.49, 0.51]   ✓ ≤ 0.55',
    'pipelined, answers, 1/s, more is better',
    '  ours  123,456',
    '  ws     61,728  2.00 [1.90, 2.10]    ✗ ≥ 2.5',
    'stalled reader, closed with code (0: it is not)',
    '  ours    4,100                     ✓ ≥ 4,000',
    '  ws          –',
    '',
    'worker to broker, µs  2.50',
    '',
    'ours: one worker',
    'ws: bare',
    '',
    "Medians of 3 rounds in turns, 10,000 idle sockets and parts of them; a ratio is the first subject's figure over another's, with the interval that holds it in 95 of 100 repetitions.",
    '2 of 3 targets are met.',
    'pipelined: the clients of ours used 97 % of their core.',
    'stalled: ws leaves it to the application.',
    '',
  ]);
});

test('formatPeers() leaves out what was not measured', () => {
  const text = formatPeers(aComparison({ rows: [], ownRows: [], remarks: [], isComplete: false }));
  expect(text).toMatch(/^ours: one worker\n/);
  expect(text).toMatch(/\nInterrupted: figures that were not measured to the end are missing\.\n$/);
});
