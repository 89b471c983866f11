/** Door of `rules`: what options must keep among each other. */
export { findContradictions } from './rules.ts';
