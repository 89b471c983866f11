/** The tables of a gate's page. Every figure keeps its exact value and an address by which it can be found. */
import { formatCauses, formatCount, formatShare } from '../../figures/index.ts';
import {
  type GateReport,
  type ReportRow,
  writeChance,
  writeEffect,
  writeSize,
  writeTest,
  writeValue,
  writeVerdict,
} from '../../gate-report/figures/index.ts';
import type { Insert } from '../html.ts';
import { type Column, cell, columnTable } from '../table.ts';

const verdictColumns: readonly Column<ReportRow>[] = [
  ['metric', '', ({ title }) => title],
  ['verdict', '', writeVerdict, 'word'],
  ['effect', 'effect', ({ metric, effect }) => ({ text: writeEffect(metric, effect), value: effect })],
  ['at least', 'lower', ({ metric, lower }) => ({ text: writeEffect(metric, lower), value: lower })],
  ['at most', 'upper', ({ metric, upper }) => ({ text: writeEffect(metric, upper), value: upper })],
  [
    'detectable',
    'detectable',
    ({ metric, detectable }) => ({ text: writeSize(metric, detectable), value: detectable }),
  ],
  ['base', 'base', ({ metric, base }) => ({ text: writeValue(metric, base), value: base })],
  [
    'candidate',
    'candidate',
    ({ metric, candidate }) => ({ text: writeValue(metric, candidate), value: candidate }),
  ],
  ['blocks', 'blocks', ({ blocks }) => cell(blocks, formatCount)],
  ['again', 'pairsAgain', ({ pairsAgain }) => cell(pairsAgain, formatCount)],
  ['look', 'look', ({ look }) => cell(look, formatCount)],
  ['p and its limit', 'pWorse', (row) => ({ text: writeTest(row), value: row.pWorse })],
];

/** What is said of each metric, and on what it rests. */
export function verdictTable({ rows }: GateReport): Insert {
  return columnTable('metric', {
    caption: 'Metrics, more is worse',
    columns: verdictColumns,
    rows,
    idOf: idOfRow,
  });
}

const precisionColumns: readonly Column<ReportRow>[] = [
  ['metric', '', ({ title }) => title],
  ['test', '', ({ method }) => (method === 'sign' ? 'signs' : 'signed rank'), 'word'],
  [
    'matters from',
    'materiality',
    ({ metric, materiality }) => ({ text: writeSize(metric, materiality), value: materiality }),
  ],
  ['margin', 'margin', ({ metric, margin }) => ({ text: writeSize(metric, margin), value: margin })],
  [
    'spread of a block',
    'spread',
    ({ metric, spread }) => ({ text: writeSize(metric, spread), value: spread }),
  ],
  ['blocks it takes', 'blocksNeeded', ({ blocksNeeded }) => cell(blocksNeeded, formatCount)],
  [
    'bootstrap from',
    'bootstrap.lower',
    ({ metric, bootstrap: { lower } }) => ({ text: writeEffect(metric, lower), value: lower }),
  ],
  [
    'to',
    'bootstrap.upper',
    ({ metric, bootstrap: { upper } }) => ({ text: writeEffect(metric, upper), value: upper }),
  ],
  [
    'false finds',
    'falseFinds',
    ({ falseFinds }) => ({
      text: falseFinds === undefined ? '–' : writeChance(falseFinds),
      value: falseFinds ?? null,
    }),
  ],
];

/** How precise the job was, and the interval that other reports would give. */
export function precisionTable({ rows }: GateReport): Insert {
  return columnTable('precision', { caption: 'Precision', columns: precisionColumns, rows, idOf: idOfRow });
}

const builds = ['base', 'candidate'] as const;

/** What became of the messages of each build. */
export function faultTable({ faults, disturbed }: GateReport): Insert {
  return columnTable('build', {
    caption: 'Messages that went wrong, windows that did not count',
    columns: [
      ['build', '', (build: (typeof builds)[number]) => build],
      ['lost', 'lost', (build) => cell(faults[build].lost, formatCount)],
      ['duplicated', 'duplicated', (build) => cell(faults[build].duplicated, formatCount)],
      ['reordered', 'reordered', (build) => cell(faults[build].reordered, formatCount)],
      ['disturbed windows', 'windows', (build) => cell(disturbed.windows[build], formatCount)],
    ],
    rows: builds,
    idOf: (build) => build,
  });
}

/** Every block, those given up included. */
export function blockTable({ measured, rows }: GateReport): Insert {
  return columnTable('block', {
    caption: 'Blocks, in the order of time',
    columns: [
      [
        'block',
        '',
        ({ index, attempt }) => (attempt === 1 ? String(index + 1) : `${index + 1}, attempt ${attempt}`),
      ],
      ['begins with', '', ({ first }) => first, 'word'],
      ['pairs', 'pairs', ({ pairs }) => cell(pairs, formatCount)],
      ['again', 'pairsAgain', ({ pairsAgain }) => cell(pairsAgain, formatCount)],
      ['base disturbed', 'disturbed.base', ({ disturbed }) => cell(disturbed.base, formatCount)],
      [
        'candidate disturbed',
        'disturbed.candidate',
        ({ disturbed }) => cell(disturbed.candidate, formatCount),
      ],
      ['causes', '', ({ causes }) => formatCauses(causes), 'word'],
      ...rows.map(
        ({ metric, title }): Column<GateReport['measured'][number]> => [
          title,
          metric,
          ({ values }) => {
            const pair = values[metric];
            if (pair === undefined) return { text: '–', value: null };
            return {
              text: `${writeValue(metric, pair.base)} → ${writeValue(metric, pair.candidate)}`,
              value: pair.candidate,
            };
          },
        ],
      ),
    ],
    rows: measured,
    idOf: ({ index, attempt }) => `${index}.${attempt}`,
  });
}

/** How the gate itself has done, on jobs of which the truth is known. */
export function ledgerTable({ ledger }: GateReport): Insert {
  if (ledger === undefined) return false;
  return columnTable('ledger', {
    caption: `The last 60 jobs of equal builds on ${ledger.runner}`,
    columns: [
      ['metric', '', ({ metric }) => metric],
      ['jobs', 'jobs', ({ jobs }) => cell(jobs, formatCount)],
      ['false alarms', 'falseAlarms', ({ falseAlarms }) => cell(falseAlarms, formatCount)],
      ['true rate at most', 'bound', ({ bound }) => cell(bound, formatShare)],
      [
        'spread of a block',
        'spread',
        ({ metric, spread }) => ({
          text: spread === undefined ? '–' : writeSize(metric, spread),
          value: spread ?? null,
        }),
      ],
      ['last slowdown put in', '', ({ injected }) => injected?.name ?? '–', 'word'],
      [
        'its size',
        'injected.effect',
        ({ metric, injected }) => ({
          text: injected === undefined ? '–' : writeEffect(metric, injected.effect),
          value: injected?.effect ?? null,
        }),
      ],
      [
        'found',
        'injected.found',
        ({ metric, injected }) => ({
          text: injected === undefined ? '–' : writeEffect(metric, injected.found),
          value: injected?.found ?? null,
        }),
      ],
      [
        'standing',
        '',
        ({ isQuarantined }) => (isQuarantined ? 'quarantined: watched only' : 'trusted'),
        'word',
      ],
    ],
    rows: ledger.standings,
    idOf: ({ metric }) => metric,
  });
}

function idOfRow({ metric }: ReportRow): string {
  return metric;
}
