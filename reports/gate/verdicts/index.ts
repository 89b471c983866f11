/** Differences of blocks to a verdict for each metric, and the rules that were fixed beforehand. */
export { type Differences, type Finding, type Judgement, judge, type MetricVerdict } from './judge.ts';
export {
  checkSettings,
  confirmingSettings,
  gate,
  nightlySettings,
  pullRequestSettings,
  type Settings,
  spendingOf,
  watchOnly,
} from './settings.ts';
