/** Door of `servers`: the hosts of the target, on a page. */
export { serversTable } from './servers-table.ts';
