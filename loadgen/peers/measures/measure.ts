/** One thing to find out about a subject, and what each of its figures is called. */

import type { PeerRow } from '../../results/index.ts';
import { Clients, type ClientsOptions, type Cost, keepApart } from '../load/index.ts';
import type { Ability, Running } from '../subjects/index.ts';

/** One figure of a measure. A round that does not tell it leaves it out. */
export interface Figure {
  key: string;
  title: string;
  unit: string;
  /** Default `less`. Neither: subjects are not held against each other by it. */
  better?: PeerRow['better'];
}

/** What a measure needs besides its subject. */
export interface Setting {
  /** Idle sockets; other numbers of clients are parts of this. */
  sockets: number;
  /** Secret of the tokens. */
  authKey: string;
  /** What was measured before. Default nothing. */
  rows?: readonly PeerRow[];
}

/** One thing to find out. */
export interface Measure<Of = Running> {
  readonly name: string;
  readonly figures: readonly Figure[];
  /** How long a process of a subject is used: for one round, or for all, after one that is not counted. */
  readonly lifetime: 'round' | 'measure';
  /** What a subject must be able to. Default: all have what it takes. */
  readonly needs?: Ability;
  /** Name of the measure before whose rows it looks at. Default none. */
  readonly after?: string;
  /** Takes one round; gives each figure by its key. */
  take: (running: Of, setting: Setting) => Promise<Record<string, number>>;
}

/** Figures of processor time for one thing each. */
export function costFigures(what: string): Figure[] {
  return [
    { key: 'process', title: `${what}, CPU of its process`, unit: 'µs' },
    { key: 'all', title: `${what}, CPU of all processes`, unit: 'µs' },
    { key: 'instructions', title: `${what}, instructions of all processes`, unit: '' },
  ];
}

/** Puts what so many things cost as those figures. */
export function costOfEach({ process, all, instructions }: Cost, things: number): Record<string, number> {
  return {
    process: process / things,
    all: all / things,
    ...(instructions !== undefined && { instructions: instructions / things }),
  };
}

/** Key of the figure that tells of clients that were at their limit. */
export const CLIENTS = 'clients';

/** How busy the clients were, of a measure that asks of a server all it can. */
export function clientsFigure(what: string): Figure {
  return { key: CLIENTS, title: `${what}, core of the clients in use`, unit: '%', better: 'neither' };
}

/** Puts how busy they were as that figure. */
export function shareOfClients({ clients }: Cost): Record<string, number> {
  return { [CLIENTS]: clients * 100 };
}

/** Pause between two looks at whether the sockets of the last clients are gone, milliseconds. */
const LOOK_EVERY_MS = 20;

/** Whose clients they are, and whether they have a core of their own meanwhile. Default no. */
type Wishes = Omit<ClientsOptions, 'port' | 'path' | 'dialect'> & { apart?: boolean };

/** Lets clients connect, uses them, resets them, and waits until the server has seen the last one go. */
export async function withClients<Result>(
  running: Running,
  { apart = false, ...options }: Wishes,
  use: (clients: Clients) => Promise<Result>,
): Promise<Result> {
  const { port, path, dialect } = running;
  const clients = await Clients.create({ ...options, port, path, dialect });
  const release = apart ? keepApart(running.pids) : undefined;
  try {
    return await use(clients);
  } finally {
    await clients.close();
    while ((await running.ask('count')).sockets > 0) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    release?.();
  }
}
