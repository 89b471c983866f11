/** Door of `tools`: the generators, each behind the same few words. */
export { artillery } from './artillery.ts';
export { loadProcess, plainLoop } from './own.ts';
export { createGenerator } from './tool.ts';
export { tsung } from './tsung.ts';
