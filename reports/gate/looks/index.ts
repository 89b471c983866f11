/** Levels: over the looks of a job and over the metrics it gates. */
export { falseFinds, holmLevels } from './family.ts';
export { cutLooks, fitLooks } from './fit.ts';
export {
  checkLooks,
  firstUsefulLook,
  type Look,
  levelAt,
  nightlyLooks,
  pullRequestLooks,
  type Spending,
} from './spending.ts';
