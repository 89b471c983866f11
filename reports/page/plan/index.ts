/** Door of `plan`: the page of a capacity plan. */
export { buildPlanPage } from './plan-page.ts';
