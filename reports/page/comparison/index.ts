/** Door of `comparison`: the page of several runs. */
export { buildComparisonPage } from './comparison-page.ts';
