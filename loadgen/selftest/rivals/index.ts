/** Other load generators against the same servers. */
export { measureRivals, type Rival } from './rivals.ts';
