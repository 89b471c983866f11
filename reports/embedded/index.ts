/** Door of `embedded`: the run that a page carries along. */
export { condense } from './condense.ts';
export { EMBEDDED_ID, type Embedded, embedRun, readEmbedded } from './embed.ts';
