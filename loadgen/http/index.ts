/** Door of `http`: requests to the HTTP side of a target, made by a process of their own. */
export { type HttpRequests, startHttp } from './child.ts';
