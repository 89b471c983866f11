export { type CreateDriver, loadDriver } from './create.ts';
export type { Clock, Driver, DriverEvents, DriverOptions, Publication, Trace } from './driver.ts';
