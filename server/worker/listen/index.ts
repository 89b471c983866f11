/** Door of the HTTP side. */
export type { EntryOptions } from './entry.ts';
export { createHttpServer, type Entrance, openEntry } from './listen.ts';
