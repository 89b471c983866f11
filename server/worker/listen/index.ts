/** Door of the HTTP side. */
export type { EntryOptions } from './entry.ts';
export { createHttpServer, openEntry } from './listen.ts';
