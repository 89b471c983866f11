/** Door of `bundle`: what is sent to agents to run, agreed to by its hash. */
export { type Bundle, type SealedBundle, seal } from './bundle.ts';
export { collectFiles } from './collect.ts';
export { unpack } from './unpack.ts';
