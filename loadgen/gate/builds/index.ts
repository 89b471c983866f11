/** Door of `builds`: the two trees that a gate compares, made and removed. */
export { type MadeBuilds, makeBuilds } from './make-builds.ts';
export { findSources, type Source, type Wanted } from './source.ts';
