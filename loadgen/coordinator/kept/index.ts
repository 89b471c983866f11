/** Door of `kept`: where results go, and what becomes of them when the disk gives out. */
export { claimFolder, prepareFolder } from './folder.ts';
export { Results } from './results.ts';
