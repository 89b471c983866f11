/** The tables of a plan's searches. Every figure of `plan.json` keeps its exact value and an address. */
import { formatCount, formatDecimal } from '../../figures/index.ts';
import {
  capacityOf,
  limitsOfSize,
  nameSize,
  outcomeOf,
  type PlanDocument,
  type PlanEstimate,
  type PlanSize,
  type PlanTrial,
  writeCapacity,
  writeInTime,
  writeNumber,
} from '../../plan/document/index.ts';
import type { Insert } from '../html.ts';
import { type Column, cell, columnTable, type Figure } from '../table.ts';

/** Makes a cell; what is no number is absent. */
export function figureCell(
  value: number | null | undefined,
  write: (value: number | null | undefined) => string,
): Figure {
  return cell(Number.isFinite(value) ? value : null, write);
}

/** What was found with each number of workers. */
export function sizeTable({ sizes, proof }: PlanDocument): Insert {
  return columnTable('size', {
    caption: 'Capacity by number of workers',
    columns: [
      ['workers', '', (size) => nameSize(size)],
      ['verdict', '', ({ verdict }) => verdict, 'word'],
      ['confirmed, messages/s', 'confirmed', ({ confirmed }) => figureCell(confirmed, writeNumber)],
      [
        'users',
        '',
        ({ confirmed, usersPerLoad }) =>
          figureCell(confirmed === null ? null : Math.round(confirmed * usersPerLoad), writeNumber),
      ],
      ['estimate', '', (size) => figureCell(knownOf(size, proof)?.median, writeNumber)],
      ['90 % from', 'estimate.lower', ({ estimate }) => figureCell(estimate?.lower, writeNumber)],
      ['to', '', (size) => figureCell(knownOf(size, proof)?.upper, writeNumber)],
      ['trials', '', ({ trials }) => figureCell(trials.length, formatCount)],
      [
        'to be published as',
        '',
        (size) => {
          const capacity = capacityOf(size, proof);
          return capacity.load === null ? 'nothing: no soak has passed' : writeCapacity(capacity);
        },
        'word',
      ],
    ],
    rows: sizes,
    idOf: (_, index) => String(index),
  });
}

/** A capacity that is a lower bound has no median and no upper end; one that nothing confirmed is believed so far. */
function knownOf(size: PlanSize, proof: PlanDocument['proof']): PlanEstimate | null | undefined {
  const isBelief = size.confirmed === null && size.atLeast === null;
  return isBelief ? size.estimate : capacityOf(size, proof).estimate?.load;
}

type Limit = PlanSize['capacities'][number] & { readonly size: PlanSize; readonly id: string };

/** The capacity at each of the common limits, and their geometric mean. */
export function limitTable({ sizes, proof }: PlanDocument): Insert {
  const rows = sizes.flatMap((size, index) => {
    const capacities = limitsOfSize(size, proof);
    const isAtLeast = capacities.some((capacity) => capacity.isAtLeast);
    const limits = capacities.map((capacity, at): Limit => ({ ...capacity, size, id: `${index}.${at}` }));
    if (limits.length === 0) return [];
    const mean: Limit = { withinMs: 0, estimate: size.geometricMean, isAtLeast, size, id: `${index}.mean` };
    return [...limits, mean];
  });
  const columns: readonly Column<Limit>[] = [
    ['within', '', ({ withinMs }) => (withinMs === 0 ? 'geometric mean' : `${withinMs} ms`)],
    ['workers', '', ({ size }) => nameSize(size), 'word'],
    [
      'capacity, messages/s',
      '',
      ({ estimate, isAtLeast }) => figureCell(isAtLeast ? null : estimate?.median, writeNumber),
    ],
    ['90 % from', 'estimate.lower', ({ estimate }) => figureCell(estimate?.lower, writeNumber)],
    ['to', '', ({ estimate, isAtLeast }) => figureCell(isAtLeast ? null : estimate?.upper, writeNumber)],
    ['users', '', (limit) => figureCell(usersOf(limit), writeNumber)],
    [
      'what it is',
      '',
      ({ estimate, isAtLeast }) => {
        if (estimate === null) return 'not known: no load met this limit';
        return isAtLeast ? `at least ${writeNumber(estimate.lower)} messages/s` : 'an estimate';
      },
      'word',
    ],
  ];
  return columnTable('limit', { caption: 'Capacity by limit', columns, rows, idOf: ({ id }) => id });
}

/** Users at a limit; at the lower end where there is no other. */
function usersOf({ estimate, isAtLeast, size }: Limit): number | null {
  return estimate && Math.round((isAtLeast ? estimate.lower : estimate.median) * size.usersPerLoad);
}

type SizedTrial = PlanTrial & { readonly workers: number; readonly id: string };

const outcomes = { passed: '✓ passed', failed: '✗ failed', spoilt: '? spoilt' } as const;

const trialColumns: readonly Column<SizedTrial>[] = [
  ['trial', '', ({ trial }) => String(trial)],
  ['workers', '', ({ workers }) => figureCell(workers, formatCount)],
  ['for', '', ({ phase }) => phase, 'word'],
  ['load, messages/s', 'load', ({ load }) => figureCell(load, writeNumber)],
  ['users', 'users', ({ users }) => figureCell(users, formatCount)],
  ['in time', 'share', ({ share }) => figureCell(share, writeInTime)],
  ['p50, ms', 'p50', ({ p50 }) => figureCell(p50, formatDecimal)],
  ['p99, ms', 'p99', ({ p99 }) => figureCell(p99, formatDecimal)],
  ['outcome', '', (trial) => outcomes[outcomeOf(trial)], 'word'],
  ['run', '', ({ folder }) => folder ?? '–', 'word'],
  ['why', '', ({ reasons, guards }) => [...reasons, ...guards].join('; '), 'word'],
];

/** Every trial, in the order they were run. */
export function trialTable({ sizes }: Pick<PlanDocument, 'sizes'>): Insert {
  const rows = sizes.flatMap(({ trials, workers }, index) =>
    trials.map((trial, at): SizedTrial => ({ ...trial, workers, id: `${index}.${at}` })),
  );
  return columnTable('trial', { caption: 'Trials', columns: trialColumns, rows, idOf: ({ id }) => id });
}
