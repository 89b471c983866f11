/** Door of what a socket remembers of the request it began with. */
export { describeRequest, type Origin, readOrigin, type SocketRequest } from './origin.ts';
