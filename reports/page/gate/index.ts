/** Door of `gate`: the page of a gate, and of its ledger. */
export { buildGatePage } from './gate-page.ts';
export { buildTrendPage } from './trend-page.ts';
