export { buildLivePage, lastModel, liveModel } from './live-page.ts';
export { buildPage } from './page.ts';
