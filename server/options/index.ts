export { resolveOptions } from './resolve.ts';
export { retired } from './retired.ts';
export { type Options, type OptionsInput, schema } from './schema.ts';
export { optionsFromEnvironment, optionsFromFile } from './sources.ts';
