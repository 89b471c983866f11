/** Door of `broadcast`: the page of a run that goes on, for browsers on this host. */
export { type Broadcast, startBroadcast } from './broadcast.ts';
