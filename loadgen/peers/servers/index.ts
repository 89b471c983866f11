/** Door of `servers`: what the processes that are measured are told, and what they tell. */
export { CONTROL_PATH, type Command, type Counts } from './control.ts';
export type { ServerName, ServerStart, ServerStarted } from './server-start.ts';
