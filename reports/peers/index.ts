/** Door of `peers`: what a comparison with other servers or clients is turned into. */
export { writePeersReports } from './files.ts';
export { formatPeers } from './terminal.ts';
