/**
 * What the objects an application gets were able to do in SocketCluster 0.9, 14 and 20, by name: here it is, or
 * here is why not. The tables of MIGRATION.md are made of this, and a test asks a running cluster for each name.
 */

/** The names of one kind of object. */
interface ObjectNames {
  /** Members it has. */
  has: readonly string[];
  /** Events it raises. */
  raises: readonly string[];
  /** What it has not, with what to use instead or the reason. Events have an `on` before them. */
  lacks: Readonly<Record<string, string>>;
}

const STREAMS =
  'a loop takes what a client sends faster than it handles it; an async function given to `on` is waited for, which slows such a client down';
const DATA = [
  'add',
  'concat',
  'count',
  'expire',
  'get',
  'getAll',
  'getExpiry',
  'getRange',
  'hasKey',
  'pop',
].concat(['remove', 'removeAll', 'removeRange', 'set', 'splice', 'unexpire']);
const DATA_LACKS = {
  'run, query, exec, registerDeathQuery':
    'they sent functions to be run inside the broker; use the data methods',
  'setMapper, getMapper, map': 'the first key, or the session, decides which broker keeps it',
};

const worker: ObjectNames = {
  has: [
    ...[
      'id',
      'isLeader',
      'global',
      'exchange',
      'options',
      'httpServer',
      'scServer',
      'getHTTPServer',
      'getSCServer',
    ],
    ...['getSocketURL', 'getSocketPath', 'getStatus', 'open', 'close', 'sendToMaster', 'setCodecEngine'],
    ...['emitError', 'emitWarning', 'on', 'once', 'off', 'removeListener', 'emit'],
  ],
  raises: ['connection', 'error', 'exit', 'masterMessage', 'ready', 'warning'],
  lacks: {
    'on notice': '`warning`',
    'auth, setAuthEngine':
      'keys and algorithms are options; a check of your own belongs into `MIDDLEWARE_AUTHENTICATE`',
    codec: '`setCodecEngine`',
    respondToMaster: '`masterMessage` comes with `respond`',
    'MIDDLEWARE_START, addMiddleware': '`run` may be async: the worker listens when it has ended',
    startHTTPServer: 'the worker listens when `run` has ended; `open` and `close` afterwards',
  },
};

const server: ObjectNames = {
  has: [
    ...['options', 'exchange', 'global', 'clients', 'clientsCount', 'pendingClients', 'pendingClientsCount'],
    ...['isReady', 'getPath', 'generateId', 'setCodecEngine', 'addMiddleware', 'removeMiddleware'],
    ...['isAuthTokenExpired', 'emitError', 'emitWarning', 'on', 'once', 'off', 'removeListener', 'emit'],
    ...[
      'MIDDLEWARE_HANDSHAKE',
      'MIDDLEWARE_HANDSHAKE_WS',
      'MIDDLEWARE_HANDSHAKE_SC',
      'MIDDLEWARE_AUTHENTICATE',
    ],
    ...['MIDDLEWARE_EMIT', 'MIDDLEWARE_EVENT', 'MIDDLEWARE_SUBSCRIBE', 'MIDDLEWARE_PUBLISH'],
    ...['MIDDLEWARE_PUBLISH_IN', 'MIDDLEWARE_PUBLISH_OUT'],
  ],
  raises: [
    ...['ready', 'handshake', 'connection', 'connectionAbort', 'disconnection', 'closure', 'subscription'],
    ...['unsubscription', 'authentication', 'deauthentication', 'authenticationStateChange'],
    ...['badSocketAuthToken', 'sessionend', 'warning', 'error'],
  ],
  lacks: {
    'on notice': '`warning`',
    close: "a worker's `close()` takes no more clients; a server of `attach` and `listen` has `close`",
    setAuthEngine:
      'keys and algorithms are options; a check of your own belongs into `MIDDLEWARE_AUTHENTICATE`',
    brokerEngine: '`exchange`; the brokers are processes of the cluster',
    'verifyHandshake, verifyInboundEvent, verifyOutboundEvent': 'they were for the server itself',
    'setMiddleware, hasMiddleware, MIDDLEWARE_INBOUND, MIDDLEWARE_INBOUND_RAW, MIDDLEWARE_OUTBOUND':
      '`addMiddleware` with the line of each action; for raw messages `raw` of the socket',
    'listener, receiver, procedure': `\`on\`: ${STREAMS}`,
  },
};

const socket: ObjectNames = {
  has: [
    ...['id', 'ssid', 'session', 'global', 'exchange', 'request', 'cookie', 'state', 'getState', 'authState'],
    ...[
      'authToken',
      'getAuthToken',
      'signedAuthToken',
      'setAuthToken',
      'deauthenticate',
      'deauthenticateSelf',
    ],
    ...['address', 'remoteAddress', 'remoteFamily', 'remotePort', 'forwardedForAddress'],
    ...['emit', 'transmit', 'invoke', 'send', 'on', 'once', 'off', 'removeListener'],
    ...['kickOut', 'subscriptions', 'isSubscribed', 'disconnect', 'destroy', 'terminate'],
    ...['startBatch', 'flushBatch', 'cancelBatch', 'startBatching', 'stopBatching', 'cancelBatching'],
    ...['CONNECTING', 'OPEN', 'CLOSED', 'AUTHENTICATED', 'UNAUTHENTICATED'],
  ],
  raises: [
    ...[
      'connect',
      'disconnect',
      'connectAbort',
      'close',
      'error',
      'raw',
      'message',
      'subscribe',
      'unsubscribe',
    ],
    ...['authenticate', 'deauthenticate', 'authStateChange', 'authTokenSigned', 'badAuthToken'],
  ],
  lacks: {
    'on end': '`close`',
    'receiver, procedure, listener': `\`on\`: ${STREAMS}`,
    'getBackpressure, getInboundBackpressure, getOutboundBackpressure':
      'limits instead: a client that sends too fast is not read, one that reads too slowly is closed with 4100',
    'closeInput, closeOutput, closeIO, killInput, killOutput, killIO': 'there are no streams to end',
    'inboundReceivedMessageCount, outboundSentMessageCount': '`/metrics` counts for each worker',
  },
};

const channelMembers = [
  'subscribe',
  'unsubscribe',
  'isSubscribed',
  'publish',
  'watch',
  'unwatch',
  'watchers',
];

const exchange: ObjectNames = {
  has: [
    ...channelMembers,
    ...['transmitPublish', 'invokePublish', 'channel', 'destroyChannel', 'subscriptions'],
    ...['on', 'once', 'off', 'removeListener'],
    ...DATA,
  ],
  raises: ['message', 'subscribe', 'subscribeFail', 'unsubscribe'],
  lacks: {
    ...DATA_LACKS,
    'extractKeys, extractValues': '`get` or `getAll`, and `Object.keys` of that',
    send: 'a message to a broker goes over the master: `sendToMaster`, then `sendToBroker`',
    'closeChannel, killChannel': '`destroyChannel`',
  },
};

const channel: ObjectNames = {
  has: [...channelMembers, 'name', 'state', 'getState', 'destroy', 'on', 'once', 'off'],
  raises: ['subscribe', 'subscribeFail', 'unsubscribe'],
  lacks: {
    'on kickOut, on dropOut': 'nobody ends a subscription of the server but itself',
    'createConsumer, listener, close, kill': `\`watch\`: ${STREAMS}`,
    'transmitPublish, invokePublish': '`publish`, or those of `exchange`',
  },
};

const session: ObjectNames = {
  has: ['id', 'emit', 'getSockets', 'setAuth', 'getAuth', 'clearAuth', ...DATA],
  raises: [],
  lacks: { transmit: '`emit`, which waits for nobody unless asked to', ...DATA_LACKS },
};

const globalNames: ObjectNames = {
  has: ['publish', 'on', 'removeListener', ...DATA],
  raises: [],
  lacks: { send: "`worker.sendToMaster`, then the master's `sendToWorker`", ...DATA_LACKS },
};

const request: ObjectNames = {
  has: ['session', 'renewSession', 'global', 'exchange', 'remoteAddress', 'forwardedForAddress'],
  raises: [],
  lacks: { clientAddress: '`remoteAddress`' },
};

const broker: ObjectNames = {
  has: ['id', 'sendToMaster', 'emitError', 'emitWarning', 'on', 'once', 'off', 'removeListener'],
  raises: ['masterMessage', 'warning', 'error'],
  lacks: {
    options: 'what your broker controller needs comes by environment or `masterMessage`',
    exec: 'it ran functions that workers sent; use the data methods of `global`',
    'publish, subscribe, on subscribe, on unsubscribe, on message':
      'a broker routes bytes and never looks inside; publish and watch in a worker',
  },
};

/** By what the document calls them. */
export const objects: Readonly<Record<string, ObjectNames>> = {
  worker,
  scServer: server,
  socket,
  exchange,
  channel,
  session,
  global: globalNames,
  'request of `req`': request,
  broker,
};
