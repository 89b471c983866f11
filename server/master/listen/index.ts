/** Door of `listen`: the ports of the master, its own and the public one, and the unix sockets' folder. */
export { type Admin, startAdmin } from './admin.ts';
export { claimPort } from './port.ts';
export { makeSocketFolder } from './socket-folder.ts';
