/** Door of the HTTP side. */
export { createHttpServer, openEntry } from './listen.ts';
