/** Door of `drawings`: the charts of a plan, drawn as they are written. */
export { limitsChart } from './limits-chart.ts';
export { loadChart } from './load-chart.ts';
export { posteriorChart } from './posterior-chart.ts';
export { scalingChart } from './scaling-chart.ts';
