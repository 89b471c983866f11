/** The tables of what a plan calculates with: costs, the scaling law, the generator's proof, predictions. */
import { formatCount } from '../../figures/index.ts';
import { type PlanDocument, writeNumber, writePercent } from '../../plan/document/index.ts';
import type { Insert } from '../html.ts';
import { type Column, columnTable } from '../table.ts';
import { figureCell } from './search-tables.ts';

/** What one of each kind of work costs the processes of a role. */
export function costTable({ costs }: Pick<PlanDocument, 'costs'>): Insert {
  const kinds = [...new Set(costs.flatMap(({ perKind }) => Object.keys(perKind)))];
  const columns: readonly Column<PlanDocument['costs'][number]>[] = [
    ['role', '', ({ role }) => role],
    ...kinds.map(
      (kind): Column<PlanDocument['costs'][number]> => [
        `${kind}, µs`,
        `perKind.${encodeURIComponent(kind)}`,
        ({ perKind }) => figureCell(perKind[kind], writeNumber),
      ],
    ),
    ['scatter', 'residualSpread', ({ residualSpread }) => figureCell(residualSpread, writePercent)],
  ];
  return columnTable('cost', {
    caption: 'Processor time for one of each, by role',
    columns,
    rows: costs,
    idOf: (_, index) => String(index),
  });
}

/** Every guard of the generator, with its value and what was wanted. */
export function proofTable({ proof }: Pick<PlanDocument, 'proof'>): Insert {
  return columnTable('proof', {
    caption: 'Guards of the generator',
    columns: [
      ['guard', '', ({ name }) => name],
      ['holds', '', ({ ok }) => (ok ? '✓ holds' : '✗ fails'), 'word'],
      [
        'value',
        'value',
        ({ value }) => figureCell(value, (each) => (each === null ? 'not measured' : writeNumber(each))),
      ],
      ['limit', 'limit', ({ limit }) => figureCell(limit, writeNumber)],
      ['in words', '', ({ wanted, sentence }) => sentence ?? wanted ?? '', 'word'],
    ],
    rows: proof?.findings ?? [],
    idOf: (_, index) => String(index),
  });
}

type Scaling = NonNullable<PlanDocument['scaling']>;

/** The laws that are weighed against each other. */
export function lawTable({ laws }: Pick<Scaling, 'laws'>): Insert {
  return columnTable('law', {
    caption: 'Laws, by weight',
    columns: [
      ['law', '', ({ name }) => name],
      ['weight', 'weight', ({ weight }) => figureCell(weight, writePercent)],
      ['lambda, messages/s', 'lambda', ({ lambda }) => figureCell(lambda, writeNumber)],
      ['sigma, contention', 'sigma', ({ sigma }) => figureCell(sigma, writeNumber)],
      ['kappa, coherency', 'kappa', ({ kappa }) => figureCell(kappa, writeNumber)],
    ],
    rows: laws,
    idOf: (_, index) => String(index),
  });
}

const grades = {
  interpolation: 'interpolation: to 1.5 times what was measured',
  extrapolation: 'extrapolation: to twice what was measured',
  beyond: 'beyond twice what was measured: never chosen by',
} as const satisfies Record<Scaling['band'][number]['grade'], string>;

/** What is predicted of each number of workers. */
export function bandTable({ band }: Pick<Scaling, 'band'>): Insert {
  return columnTable('band', {
    caption: 'Predicted capacity, messages/s',
    columns: [
      ['workers', '', ({ workers }) => String(workers)],
      ['predicted', 'median', ({ median }) => figureCell(median, writeNumber)],
      ['90 % from', 'lower', ({ lower }) => figureCell(lower, writeNumber)],
      ['to', 'upper', ({ upper }) => figureCell(upper, writeNumber)],
      ['grade', '', ({ grade }) => grades[grade], 'word'],
    ],
    rows: band,
    idOf: (_, index) => String(index),
    kindOf: ({ grade }) => (grade === 'beyond' ? 'unfit' : ''),
  });
}

/** What was frozen before anybody measured it. */
export function predictionTable({ predictions }: Pick<PlanDocument, 'predictions'>): Insert {
  return columnTable('prediction', {
    caption: 'Predictions, frozen before they were measured',
    columns: [
      ['prediction', '', ({ subject }) => subject],
      ['predicted', 'median', ({ median }) => figureCell(median, writeNumber)],
      ['90 % from', 'lower', ({ lower }) => figureCell(lower, writeNumber)],
      ['to', 'upper', ({ upper }) => figureCell(upper, writeNumber)],
      ['unit', '', ({ unit }) => unit, 'word'],
      ['grade', '', ({ grade }) => grade, 'word'],
      ['SHA-256', '', ({ hash }) => hash, 'word'],
    ],
    rows: predictions.frozen,
    idOf: (_, index) => String(index),
  });
}

/** What one user does a second, as facts. */
export function ratesOf({ profile }: Pick<PlanDocument, 'profile'>): [name: string, value: string][] {
  return Object.entries(profile.perUser).map(([name, rate]) => [name, `${writeNumber(rate)} a second`]);
}

/** Writes a number of processors: `2 cores`. */
export function writeCores(cores: number): string {
  return `${formatCount(cores)} ${cores === 1 ? 'core' : 'cores'}`;
}
