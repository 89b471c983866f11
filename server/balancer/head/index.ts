/** Door of `head`: the head of a connection's first request, read, understood and written anew. */
export { type FirstBytes, type HeadFault, readHead } from './read-head.ts';
export { changeHead, parseHead, type RequestHead, writeHead } from './request-head.ts';
