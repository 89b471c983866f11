/** Door of `page`: every page that is written. */
export { buildComparisonPage } from './comparison/index.ts';
export { buildGatePage, buildTrendPage } from './gate/index.ts';
export { buildHistoryPage } from './history/index.ts';
export { buildLivePage, lastModel, liveModel } from './live-page.ts';
export { buildPage } from './page.ts';
export { buildPeersPage } from './peers/index.ts';
export { buildPlanPage } from './plan/index.ts';
