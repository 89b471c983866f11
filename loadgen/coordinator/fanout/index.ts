/** How publications spread over the subscribers of all load processes together. */
export { createFanoutJoin } from './create.ts';
export { FanoutJoin } from './join.ts';
