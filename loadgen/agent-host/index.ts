/** Door of `agent-host`: what makes a host an agent of coordinators elsewhere. */
export { defaultName, serveAgent } from './serve.ts';
