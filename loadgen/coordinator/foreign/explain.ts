/** Why a connection failed, in words for people. */

const upgrades: Record<string, string> = {
  certificate:
    'nobody vouches for its certificate under this name, wanted is one that is trusted, or --insecure',
  ended: 'it ended the connection instead of upgrading it, wanted is a WebSocket server; behind TLS, wss://',
  'not-http': 'it does not speak HTTP, wanted is a WebSocket server',
  protocol: 'what it sends after the upgrade are no WebSocket frames',
  tls: 'it does not speak TLS, wanted is ws:// instead of wss://',
  'wrong-accept': 'its answer to the upgrade has a wrong key, wanted is a WebSocket server',
};

const handshakes: Record<string, string> = {
  handshake: 'it refused the handshake, wanted are a token and headers that it takes',
  login: 'it refused the login, wanted is a login that it takes',
  timeout: 'it is a WebSocket server but gave no answer of SocketCluster, wanted is --driver websocket',
};

/**
 * Explains an upgrade that failed because the target is something else, or is silent for so many seconds; undefined
 * when it is just not there.
 */
export function explainUpgrade(cause: string, connectWithin: number): string | undefined {
  if (cause === 'timeout') {
    return `it gave no answer within ${connectWithin} s, as long as a user waits, wanted is a WebSocket server`;
  }
  const status = /^http-(\d+)$/.exec(cause)?.[1];
  if (status === undefined) return upgrades[cause];
  return `it answered the upgrade with HTTP status ${status}, wanted is 101, as a WebSocket server gives at its path, SocketCluster mostly at /socketcluster/`;
}

/** Explains a handshake that failed though the upgrade did not. */
export function explainHandshake(cause: string): string {
  const known = handshakes[cause];
  if (known !== undefined) return known;
  return `its connection ended during the handshake (${cause}), wanted is a SocketCluster server, or --driver websocket`;
}
