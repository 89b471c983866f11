/** The changes of a ledger's histories in words, the same on terminal and page. */
import { alignColumns, formatInstant, formatThings } from '../../figures/index.ts';
import { metrics } from '../../gate/metrics/index.ts';
import { groupChanges } from '../../gate/trend/index.ts';
import { writeChance, writeEffect } from '../figures/index.ts';
import type { History, HistoryChange } from './histories.ts';

const kinds = {
  lasting: 'stayed',
  passing: 'went away again',
  'single-point': 'a single job',
};

/** What a reader of a ledger is told of one scenario on one kind of host. */
export interface HistoryGroup {
  readonly title: string;
  readonly histories: readonly History[];
  /** Sentences about what stayed, the oldest first. */
  readonly findings: readonly string[];
}

/** Groups histories by scenario, host and kind, and says of each what stayed. */
export function groupHistories(histories: readonly History[]): HistoryGroup[] {
  const groups = new Map<string, History[]>();
  for (const history of histories) {
    const title = `${history.scenario}, ${history.kind === 'builds' ? 'build after build' : 'equal builds'}, ${history.runner}`;
    groups.set(title, [...(groups.get(title) ?? []), history]);
  }
  return [...groups].map(([title, own]) => ({ title, histories: own, findings: findingsOf(own) }));
}

/** Changes of several metrics within one job of each other are told in one sentence: likely they have one cause. */
function findingsOf(histories: readonly History[]): string[] {
  const lasting = histories.flatMap(({ metric, points, changes }) =>
    changes
      .filter(({ kind }) => kind === 'lasting')
      .map(({ at, effect }) => ({ metric, at, effect, points })),
  );
  return groupChanges(lasting).map(({ from, to, changes }) => {
    const sizes = changes.map(
      ({ metric, effect }) => `${metrics[metric].title} ${writeEffect(metric, effect)}`,
    );
    return `${spanOf(changes[0]?.points ?? [], { from, to })}: ${sizes.join('; ')}`;
  });
}

/** The cause lies after the job before the change, up to the last job in which a metric changed. */
function spanOf(points: History['points'], { from, to }: { from: number; to: number }): string {
  const name = (at: number): string => {
    const point = points[at];
    return point === undefined ? '' : point.commit.slice(0, 12) || formatInstant(point.at);
  };
  return `After ${name(from - 1)}, up to ${name(to)}`;
}

/** Says what became of a change. */
export function writeKind({ kind }: HistoryChange): string {
  return kinds[kind];
}

/** Formats all histories as text, ending in a line feed. */
export function formatTrend(histories: readonly History[]): string {
  const parts = groupHistories(histories).map(({ title, histories: own, findings }) => {
    const rows = own.map((history) => [metrics[history.metric].title, ...cells(history)]);
    const said = findings.length > 0 ? findings : ['Nothing changed and stayed so.'];
    const table = alignColumns([['', 'jobs', 'now', 'last change', 'p'], ...rows]);
    return [title, ...said.map((line) => `  ${line}`), '', ...table.map((line) => `  ${line}`)].join('\n');
  });
  return parts.length === 0
    ? 'The ledger holds no job that a trend could follow.\n'
    : `${parts.join('\n\n')}\n`;
}

function cells({ metric, points, changes, undecided }: History): string[] {
  const last = changes.at(-1);
  const level = writeEffect(metric, points.at(-1)?.level ?? null);
  const few = undecided.length > 0 ? 'too few jobs to tell' : 'none';
  return [
    formatThings(points.length, 'job'),
    level,
    last === undefined ? few : `${writeEffect(metric, last.effect)}, ${writeKind(last)}`,
    last === undefined ? '' : writeChance(last.p),
  ];
}
