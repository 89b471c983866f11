/** What each look of a job saw of a metric: the running interval. */
import { levelAt } from '../../gate/looks/index.ts';
import { fromScale, metrics } from '../../gate/metrics/index.ts';
import { type Row, WATCH_LEVEL } from '../../gate/result/index.ts';
import { compareBlocks } from '../../gate/statistics/index.ts';
import { type Settings, spendingOf } from '../../gate/verdicts/index.ts';
import type { ReportRow } from './schema.ts';

/** Gives the looks up to the one a row rests on, which is told as the row tells it. */
export function looksOf(settings: Settings, row: Row): ReportRow['looks'] {
  const earlier = settings.looks.filter(({ blocks }) => blocks < row.blocks);
  const { blocks, effect, lower, upper } = row;
  return [...earlier.map((look) => lookAt(settings, { row, look })), { blocks, effect, lower, upper }];
}

function lookAt(
  settings: Settings,
  { row, look }: { row: Row; look: Settings['looks'][number] },
): ReportRow['looks'][number] {
  const level = row.verdict === undefined ? WATCH_LEVEL : levelAt(look, spendingOf(settings));
  const found = compareBlocks(row.differences.slice(0, look.blocks), {
    levels: { lower: level, upper: level },
    signsOnly: metrics[row.metric].scale === 'share',
  });
  const say = (bound: number): number | null =>
    Number.isFinite(bound) ? fromScale(row.metric, bound) : null;
  return {
    blocks: look.blocks,
    effect: fromScale(row.metric, found.effect),
    lower: say(found.lower),
    upper: say(found.upper),
  };
}
