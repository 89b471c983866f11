/** Door of `agents`: the hosts that held users, on a page. */
export { agentsTable } from './agents-table.ts';
