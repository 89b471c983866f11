export type { Clock, Driver, DriverEvents, Publication } from './driver.ts';
export { createSocketClusterDriver } from './socketcluster.ts';
