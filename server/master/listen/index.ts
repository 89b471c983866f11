/** Door of `listen`: the ports of the master, its own and the public one. */
export { type Admin, startAdmin } from './admin.ts';
export { claimPort } from './port.ts';
