/** Door of crossing: publications between hosts, numbered and in batches. */
export { crossingNames } from './counters.ts';
export { Inlet } from './inlet.ts';
export type { Outlet } from './outlet.ts';
export { Outlets } from './outlets.ts';
