/** What can be measured, and a server that is running. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { text as consume } from 'node:stream/consumers';
import type { Dialect } from '../load/index.ts';
import { CONTROL_PATH, type Command, type Counts } from '../servers/index.ts';

/** What not every server has. */
export type Ability = 'tokens' | 'slow readers';

/** What can be measured: a server, unless it says otherwise. */
export interface Subject<Of = Running> {
  readonly name: string;
  /** How it is set up, for whoever reads the figures. */
  readonly setup: string;
  /** Why measures that need an ability are left out of it. Default: it has all of them. */
  readonly lacks?: Partial<Record<Ability, string>>;
  /** Gets ready what `start` needs; says what takes long. @throws ClusterError PEERS_MISSING. */
  prepare(say: (text: string) => void): Promise<void>;
  /** @param authKey Secret of the tokens. */
  start(authKey: string): Promise<Of>;
}

/** A server that is running. */
export interface Running {
  readonly port: number;
  readonly path: string;
  readonly dialect: Dialect;
  /** The process that holds the sockets. */
  readonly pid: number;
  /** All its processes, `pid` among them. */
  readonly pids: readonly number[];
  ask(command: Command): Promise<Counts>;
  stop(): Promise<void>;
}

/** Sends a command over a connection of its own, which is gone when the answer is there. */
export function askAt(port: number): (command: Command) => Promise<Counts> {
  return (command) => getJson(`http://127.0.0.1:${port}${CONTROL_PATH}${command}`) as Promise<Counts>;
}

/** Gets what a server tells as JSON. @throws Error when it tells none. */
export async function getJson(url: string): Promise<unknown> {
  const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage];
  const text = await consume(response);
  if (response.statusCode !== 200) {
    throw new Error(`Cannot ask "${url}": it answers ${response.statusCode}`);
  }
  return JSON.parse(text);
}
