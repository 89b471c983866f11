/** Door of `ending-rules`: rules that end a run. */
export { EndingRules } from './ending-rules.ts';
