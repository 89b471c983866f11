/** Door of `remote`: load processes on other hosts. */
export { type AgentsRequest, type Hired, hireAgents } from './hire.ts';
