/** Door of `coordinator`: runs, and the scenarios they are made from. */
export { type QuickWishes, quickScenario } from './foreign/index.ts';
export { type RunListeners, type RunRequest, runScenario } from './run.ts';
export { loadScenario, scenarioNames } from './scenarios.ts';
export { startTarget } from './target.ts';
