/** Door of `agents`: the hosts that held users. */
export { agentsOf, crossingErrorMs, startOf } from './agents.ts';
