/** Door of `servers`: the hosts of a target that has several. */
export { serversOf } from './servers.ts';
