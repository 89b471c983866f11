/** What a connection costs the server: accept, upgrade and handshake, without a token and with one. */
import { cpuMicros } from '../process-figures.ts';
import { type Measure, type Setting, withClients } from './measure.ts';
import { createToken } from './tokens.ts';

/** Part of the idle sockets that connects. */
const SHARE = 0.5;
/** Slow enough that the dearest server keeps up. */
const PER_SECOND = 750;
/** Users behind all connections of a round, each with several tabs. */
const REPEATED = 100;

/** Users whose tokens no server has seen. */
let newUsers = 0;

/** Names the users whose tokens the clients of a round offer; undefined: no tokens. */
type Users = ((client: number) => number) | undefined;

function connect(name: string, what: string, usersOf: () => Users): Measure {
  return {
    name,
    lifetime: 'measure',
    figures: [
      { key: 'process', title: `connect ${what}, CPU of its process`, unit: 'µs' },
      { key: 'all', title: `connect ${what}, CPU of all processes`, unit: 'µs' },
    ],
    async take(running, setting) {
      const count = Math.ceil(setting.sockets * SHARE);
      const tokens = tokensOf(count, setting, usersOf());
      const tokenOf = (client: number): string => tokens?.[client] ?? '';
      const options = { count, perSecond: PER_SECOND, ...(tokens === undefined ? {} : { tokenOf }) };
      return withClients(running, options, async (clients) => {
        const [before, beforeAll] = [cpuMicros([running.pid]), cpuMicros(running.pids)];
        await clients.connect();
        const [after, afterAll] = [cpuMicros([running.pid]), cpuMicros(running.pids)];
        const { authenticated } = await running.ask('count');
        const wanted = tokens === undefined ? 0 : count;
        if (authenticated !== wanted) {
          throw new Error(`Cannot measure "${name}": ${authenticated} are authenticated, wanted ${wanted}`);
        }
        return { process: (after - before) / count, all: (afterAll - beforeAll) / count };
      });
    },
  };
}

function tokensOf(count: number, { authKey }: Setting, users: Users): string[] | undefined {
  if (users === undefined) {
    return undefined;
  }
  const made = new Map<number, string>();
  return Array.from({ length: count }, (_, client) => {
    const user = users(client);
    const token = made.get(user) ?? createToken(user, authKey);
    made.set(user, token);
    return token;
  });
}

/** Connections without a token. */
export const connectAnonymous = connect('connect', 'without token', () => undefined);

/** Connections of few users: a server may remember what it has checked. */
export const connectKnown = connect(
  'connect-known',
  `with one of ${REPEATED} tokens`,
  () => (client) => -1 - (client % REPEATED),
);

/** Connections of users that come for the first time: nothing can be remembered. */
export const connectNew = connect('connect-new', 'with a new token', () => () => {
  newUsers += 1;
  return newUsers;
});
