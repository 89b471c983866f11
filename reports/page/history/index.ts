/** Door of `history`: the page of all runs in a folder. */
export { buildHistoryPage } from './history-page.ts';
