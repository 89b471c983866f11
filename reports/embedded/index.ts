/** Door of `embedded`: the run that a page carries along. */
export { EMBEDDED_ID, embedRun, readEmbedded } from './embed.ts';
