/** One thing to find out about a subject, and what each of its figures is called. */

import type { Running } from '../subjects/index.ts';
import { Clients, type ClientsOptions } from './clients.ts';

/** One figure of a measure. Less is better in all of them. */
export interface Figure {
  key: string;
  title: string;
  unit: string;
}

/** What a measure needs besides its subject. */
export interface Setting {
  /** Idle sockets; other numbers of clients are parts of this. */
  sockets: number;
  /** Secret of the tokens. */
  authKey: string;
}

/** One thing to find out. */
export interface Measure<Of = Running> {
  readonly name: string;
  readonly figures: readonly Figure[];
  /** How long a process of a subject is used: for one round, or for all, after one that is not counted. */
  readonly lifetime: 'round' | 'measure';
  /** Takes one round; gives each figure by its key. */
  take: (running: Of, setting: Setting) => Promise<Record<string, number>>;
}

/** Pause between two looks at whether the sockets of the last clients are gone, milliseconds. */
const LOOK_EVERY_MS = 20;

/** Lets clients connect, uses them, resets them, and waits until the server has seen the last one go. */
export async function withClients<Result>(
  running: Running,
  options: Omit<ClientsOptions, 'port' | 'path'>,
  use: (clients: Clients) => Promise<Result>,
): Promise<Result> {
  const clients = await Clients.create({ ...options, port: running.port, path: running.path });
  try {
    return await use(clients);
  } finally {
    await clients.close();
    while ((await running.ask('count')).sockets > 0) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}
