export type { ClusterOption } from './cluster/index.ts';
export { refusalOf, resolveOptions, resolveWith } from './resolve.ts';
export { retired } from './retired.ts';
export { type Options, type OptionsInput, schema } from './schema.ts';
export { type ServerOptions, type ServerOptionsInput, serverTable } from './server-options.ts';
export { lineOfFault, optionsFromEnvironment, optionsFromFile } from './sources.ts';
