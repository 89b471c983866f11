/** What is compared of runs: each figure as their summaries have it, and how it is taken from blocks of time. */
import { addShapes, quantileOf, type Summary } from '../../loadgen/results/index.ts';
import { totalOf } from '../figures/index.ts';
import type { Block } from './blocks.ts';

/** A figure that runs are compared by. */
export interface Subject {
  name: string;
  unit: string;
  /** Which way is better; `neither` for what was asked for or belongs to the generator. */
  better: 'lower' | 'higher' | 'neither';
  /** How it is written. */
  style: 'count' | 'rate' | 'decimal';
  /** Whether it is counted, and differs as soon as it differs. Default false: it may differ by chance. */
  isExact?: boolean;
  of(summary: Summary): number | null | undefined;
  /** What it is counted from, where that was not always the same: figures of another basis say nothing of each other. */
  basis?(summary: Summary): string;
  /** The same figure of any blocks of time; missing for what has no intervals. */
  ofBlocks?(blocks: readonly Block[]): number | undefined;
}

type Time = keyof Block['shapes'];

/** What is compared, in the order in which people ask. A figure that no run has is left out later. */
export const subjects: readonly Subject[] = [
  time('Response p50', 'response', 'p50'),
  time('Response p99', 'response', 'p99'),
  time('Response p99.9', 'response', 'p999'),
  time('Push p50', 'push', 'p50'),
  time('Push p99', 'push', 'p99'),
  {
    name: 'Connect p99',
    unit: 'ms',
    better: 'lower',
    style: 'decimal',
    of: ({ latencyMs }) => latencyMs.connect?.p99,
    basis: ({ generator }) => (generator.arrivals === undefined ? 'actual beginning' : 'planned arrival'),
  },
  {
    name: 'Round trips',
    unit: '/s',
    better: 'higher',
    style: 'rate',
    of: ({ messages }) => (messages.sent > 0 ? messages.perSecond : null),
    ofBlocks: (blocks) =>
      ratio(
        blocks,
        ({ answered }) => answered,
        ({ seconds }) => seconds,
      ),
  },
  {
    name: 'Deliveries',
    unit: '/s',
    better: 'higher',
    style: 'rate',
    of: ({ messages }) => (messages.published > 0 ? messages.pushesPerSecond : null),
    ofBlocks: (blocks) =>
      ratio(
        blocks,
        ({ pushed }) => pushed,
        ({ seconds }) => seconds,
      ),
  },
  {
    name: 'Server CPU a message',
    unit: 'µs',
    better: 'lower',
    style: 'decimal',
    of: ({ target }) => target.cpuMicrosPerMessage,
    ofBlocks: (blocks) =>
      ratio(
        blocks,
        ({ targetCores }) => targetCores * 1_000_000,
        (block) => block.answered + block.pushed,
      ),
  },
  {
    name: 'Server CPU',
    unit: 'cores',
    better: 'lower',
    style: 'decimal',
    of: ({ target }) => target.cpuCores,
    ofBlocks: (blocks) =>
      ratio(
        blocks,
        ({ targetCores }) => targetCores,
        ({ probed }) => probed,
      ),
  },
  { name: 'Server memory', unit: 'MB', better: 'lower', style: 'count', of: ({ target }) => target.rssMB },
  count('Users at the peak', 'higher', ({ users }) => users.peak),
  count('Users failed or dropped', 'lower', ({ users }) => totalOf(users.failed) + totalOf(users.dropped)),
  count(
    'Messages lost or late',
    'lower',
    ({ messages: { lost, timedOut, pushLost } }) => lost + timedOut + pushLost,
  ),
  count(
    'Doubled or out of order',
    'lower',
    ({ messages: { duplicated, reordered, pushDuplicated, pushReordered } }) =>
      duplicated + reordered + pushDuplicated + pushReordered,
  ),
  { ...time('Lateness p99', 'lateness', 'p99'), better: 'neither' },
  {
    name: 'Arrival p99',
    unit: 'ms',
    better: 'neither',
    style: 'decimal',
    of: ({ latencyMs }) => latencyMs.arrival?.p99,
  },
  {
    name: 'Generator CPU',
    unit: 'cores',
    better: 'neither',
    style: 'decimal',
    of: ({ generator }) => generator.cpuCores,
    ofBlocks: (blocks) =>
      ratio(
        blocks,
        ({ generatorCores }) => generatorCores,
        ({ seconds }) => seconds,
      ),
  },
];

function time(name: string, of: Time, quantile: 'p50' | 'p99' | 'p999'): Subject {
  const share = { p50: 0.5, p99: 0.99, p999: 0.999 }[quantile];
  return {
    name,
    unit: 'ms',
    better: 'lower',
    style: 'decimal',
    of: ({ latencyMs }) => latencyMs[of]?.[quantile],
    ofBlocks: (blocks) => quantileOf(addShapes(blocks.map(({ shapes }) => shapes[of])), share),
  };
}

function count(name: string, better: Subject['better'], of: Subject['of']): Subject {
  return { name, unit: '', better, style: 'count', isExact: true, of };
}

function ratio(
  blocks: readonly Block[],
  above: (block: Block) => number,
  below: (block: Block) => number,
): number | undefined {
  const sum = (of: (block: Block) => number): number => blocks.reduce((total, block) => total + of(block), 0);
  const divisor = sum(below);
  return divisor > 0 ? sum(above) / divisor : undefined;
}
