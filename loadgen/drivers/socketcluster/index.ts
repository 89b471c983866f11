export { createSocketClusterDriver } from './socketcluster-driver.ts';
