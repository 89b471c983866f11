/** Door of `live`: what a person sees of a run while it goes on. */
export { type Glance, glanceAt } from './glance.ts';
export { createLive } from './live.ts';
export { type Standing, standingOf } from './standing.ts';
