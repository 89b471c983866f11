/**
 * What every measured server obeys besides its protocol: requests on its own HTTP port, so that ours and the
 * others are asked in the same way, whoever started them.
 */
import type { Server } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a server tells of its sockets. */
export interface Counts {
  sockets: number;
  /** Those whose token was found good. */
  authenticated: number;
}

/** What is needed of a server. */
export interface Controlled {
  httpServer: Server;
  count(): Counts;
  /** From now on new sockets have every `ping` answered by a `pong`. May be said again. */
  echo(): void;
  /** From now on new sockets may subscribe and publish. May be said again. */
  channels(): void;
}

/** What a server can be asked, as the path of a request. */
export type Command = 'count' | 'echo' | 'channels' | 'collect';

/** Where the commands are. */
export const CONTROL_PATH = '/measured/';

/** What one collection finds unused may be the last thing that held something else. */
const COLLECTIONS = 4;

/** Makes a server obey. Each answer is the counts, as JSON. */
export function obey({ httpServer, count, echo, channels }: Controlled): void {
  const collect = collector();
  const commands: Record<string, (() => void) | undefined> = {
    [`${CONTROL_PATH}count`]: () => {},
    [`${CONTROL_PATH}echo`]: echo,
    [`${CONTROL_PATH}channels`]: channels,
    [`${CONTROL_PATH}collect`]: collect,
  };
  httpServer.on('request', (request, response) => {
    const command = commands[request.url ?? ''];
    command?.();
    response.writeHead(command === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(count()));
  });
}

/** Node's own switch for this is a flag at start, which a cluster's workers do not get from outside. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return () => {
    for (let left = COLLECTIONS; left > 0; left -= 1) {
      collect();
    }
  };
}
