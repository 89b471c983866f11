/** Door of `foreign`: servers that run already and are not ours. */
export { authorizeRun } from './authorization.ts';
export { type ForeignTarget, findTarget } from './find.ts';
export { checkTarget } from './knock.ts';
export { type QuickWishes, quickScenario } from './quick.ts';
