/** Door of `coordinator`: runs, and the scenarios they are made from. */
export type { TracedFrame } from './agents.ts';
export { type QuickWishes, quickScenario } from './foreign/index.ts';
export { type Prepared, prepareRun, type RunRequest } from './prepare/index.ts';
export { forgetProfile } from './profiled/index.ts';
export { type RunListeners, runScenario } from './run.ts';
export { type FoundScenario, loadScenario, scenarioNames } from './scenarios.ts';
export { startTarget } from './target.ts';
export { consult } from './trial/index.ts';
