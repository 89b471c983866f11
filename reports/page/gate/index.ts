/** Door of `gate`: the page of a gate, and of its ledger; drawings without a script. */
export { buildGatePage } from './gate-page.ts';
export { createPlot, drawing, fixed, type Plot, ticksBetween } from './plot.ts';
export { buildTrendPage } from './trend-page.ts';
