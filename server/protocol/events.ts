/** Reserved event names (PROTOCOL.md, sections 3, 6, 7 and 8). All others belong to the application. */
export const events = {
  authenticate: '#authenticate',
  disconnect: '#disconnect',
  handshake: '#handshake',
  kickOut: '#kickOut',
  publish: '#publish',
  removeAuthToken: '#removeAuthToken',
  setAuthToken: '#setAuthToken',
  subscribe: '#subscribe',
  unsubscribe: '#unsubscribe',
} as const;

/**
 * Names a socket uses for its own local events. A client that sends one of them reaches no handler, so
 * that nobody can fake a disconnection or an error.
 */
export const localEvents: ReadonlySet<string> = new Set([
  '_connect',
  '_connectAbort',
  '_close',
  '_disconnect',
  'authStateChange',
  'authTokenSigned',
  'authenticate',
  'badAuthToken',
  'close',
  'connect',
  'connectAbort',
  'deauthenticate',
  'disconnect',
  'error',
  'message',
  'raw',
  'subscribe',
  'unsubscribe',
]);
