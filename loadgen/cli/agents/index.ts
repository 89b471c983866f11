/** Door of `agents`: the command that makes a host hold users for others. */
export { addAgent } from './agent.ts';
