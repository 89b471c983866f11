/** Door of sessions: what sockets of one browser share, and what the whole cluster shares. */
export { type Callback, DataMethods, settle } from './data-methods.ts';
export { Global } from './global.ts';
export { Session } from './session.ts';
export { Sessions } from './sessions.ts';
export { type Visitor, Visitors } from './visitors.ts';
