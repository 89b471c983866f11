/** The shapes of what is measured, in memory and in files. */
export { type Block, type Breakdown, blockSchema, type Entry } from './block.ts';
export { type Mode, modes, type Slice, sliceMs, type Window } from './window.ts';
