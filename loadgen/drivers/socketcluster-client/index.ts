export { createClientDriver } from './client-driver.ts';
