/** Comparisons for tests. Never imported by anything else. */
import type { PeerCell, PeerComparison, PeerRow } from './comparison.ts';

/** A figure of three rounds around its median. */
export function aCell(median: number, changes: Partial<PeerCell> = {}): PeerCell {
  return { median, rounds: [median * 1.02, median, median * 0.98], ...changes };
}

/** A figure of two subjects, of which the second takes twice as much. */
export function aRow(changes: Partial<PeerRow> = {}): PeerRow {
  return {
    measure: 'echo',
    key: 'all',
    title: 'echo, CPU of all processes',
    unit: 'µs',
    better: 'less',
    cells: [
      aCell(12.5),
      aCell(25, {
        ratio: { value: 0.5, low: 0.487, high: 0.512 },
        target: { bound: 0.55, sense: 'at most', isMet: true },
      }),
    ],
    ...changes,
  };
}

/** A whole comparison. */
export function aComparison(changes: Partial<PeerComparison> = {}): PeerComparison {
  return {
    version: 2,
    startedAt: '2026-08-01T12:00:05.000Z',
    command: 'npx scbench peers --subjects ours,ws',
    sockets: 10_000,
    rounds: 3,
    host: {
      cpus: 2,
      model: 'any',
      memoryGB: 8,
      kernel: '6.1',
      node: 'v20.20.2',
      fdLimit: 20_000,
      isAwake: false,
    },
    subjects: [
      { name: 'ours', setup: 'one worker' },
      { name: 'ws', setup: 'bare' },
    ],
    missing: [],
    rows: [
      aRow(),
      aRow({
        measure: 'pipelined',
        key: 'perSecond',
        title: 'pipelined, answers',
        unit: '1/s',
        better: 'more',
        cells: [
          aCell(123_456),
          aCell(61_728, {
            ratio: { value: 2, low: 1.9, high: 2.1 },
            target: { bound: 2.5, sense: 'at least', isMet: false },
          }),
        ],
      }),
      aRow({
        measure: 'stalled',
        key: 'code',
        title: 'stalled reader, closed with code (0: it is not)',
        unit: '',
        better: 'neither',
        cells: [
          aCell(4_100, { target: { bound: 4_000, sense: 'at least', isMet: true } }),
          { reason: 'leaves it to the application' },
        ],
      }),
    ],
    ownRows: [aRow({ measure: 'hop', key: 'single', title: 'worker to broker', cells: [aCell(2.5)] })],
    remarks: ['pipelined: the clients of ours used 97 % of their core'],
    isComplete: true,
    ...changes,
  };
}
