/** What a connection costs the server: accept, upgrade and handshake, without a token and with one. */
import { cpuMicros } from '../../host/index.ts';
import { type Measure, withClients } from './measure.ts';

/** Part of the idle sockets that connects. */
const SHARE = 0.5;
/** Slow enough that the dearest server keeps up. */
const PER_SECOND = 750;
/** Users behind all connections of a round, each with several tabs. */
const REPEATED = 100;

/** Life of a token, seconds: long enough for any run. */
const LIFE = 86_400;

/** Which tokens so many clients offer. */
type TokensOf = (count: number) => { claims: Record<string, unknown>; distinct: number };

function connect(name: string, what: string, tokensOf?: TokensOf): Measure {
  return {
    name,
    lifetime: 'measure',
    ...(tokensOf && ({ needs: 'tokens' } as const)),
    figures: [
      { key: 'process', title: `connect ${what}, CPU of its process`, unit: 'µs' },
      { key: 'all', title: `connect ${what}, CPU of all processes`, unit: 'µs' },
    ],
    async take(running, setting) {
      const count = Math.ceil(setting.sockets * SHARE);
      const tokens = tokensOf && { key: setting.authKey, ...tokensOf(count) };
      const options = { count, perSecond: PER_SECOND, ...(tokens === undefined ? {} : { tokens }) };
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

/** Counts rounds, so that each has users of its own. */
let rounds = 0;

/** Connections without a token. */
export const connectAnonymous = connect('connect', 'without token');

/** Connections of few users: a server may remember what it has checked. */
export const connectKnown = connect('connect-known', `with one of ${REPEATED} tokens`, () => ({
  claims: claims(),
  distinct: REPEATED,
}));

/** Connections of users that come for the first time: nothing can be remembered. */
export const connectNew = connect('connect-new', 'with a new token', (count) => {
  rounds += 1;
  return { claims: { ...claims(), round: rounds }, distinct: count };
});

function claims(): Record<string, unknown> {
  const iat = Math.floor(Date.now() / 1_000);
  return { role: 'member', iat, exp: iat + LIFE };
}
