/** Door of `peers`: the page of a comparison with other servers or clients. */
export { buildPeersPage } from './peers-page.ts';
