/** A pathological server as its parent sees it. */
import { ClusterError } from '../../../server/errors/index.ts';
import { type Child, entry, type Message, startChild } from '../../../server/process/index.ts';
import { COLLECTS_ALONE } from '../../host/index.ts';
import type { ServerOrder, ServerReady, ServerReport, ServerStart } from './messages.ts';
import type { Span } from './witness.ts';

/** Time a server has to end, milliseconds. */
const STOP_WITHIN_MS = 2_000;

/** A server that runs. */
export interface PathologicalServer {
  readonly port: number;
  /** Tells it when what is measured begins and ends. Stalls count from its beginning. */
  begin(span: Span): void;
  /** Asks for the delays it gave, milliseconds: for shares, 0 to 1, of all answers or of one worker's. */
  given(shares: readonly number[], worker?: number): Promise<number[]>;
  stop(): Promise<void>;
}

/**
 * Starts a server in a process of its own.
 * @throws ClusterError PROCESS_FAILED when it does not get ready.
 */
export async function startPathologicalServer(start: ServerStart): Promise<PathologicalServer> {
  const child = await startChild(entry('loadgen/selftest/server/main.js'), {
    nodeOptions: COLLECTS_ALONE,
    stdout: process.stderr,
  });
  const ready = answer<{ details: ServerReady }>(child, 'ready');
  child.send({ type: 'start', options: start });
  const { port } = (await ready).details;
  const order = (message: ServerOrder): void => child.send({ ...message });
  return {
    port,
    begin: (span) => order({ type: 'begin', ...span }),
    async given(shares, worker) {
      const report = answer<ServerReport>(child, 'given');
      order({ type: 'tell', shares, ...(worker === undefined ? {} : { worker }) });
      return (await report).delaysMs;
    },
    async stop() {
      child.send({ type: 'stop', withinMs: STOP_WITHIN_MS });
      await new Promise<void>((resolve) => child.onExit(() => resolve()));
    },
  };
}

/** Waits for a child's next message of a type. */
function answer<Wanted>(child: Child, type: string): Promise<Message & Wanted> {
  return new Promise((resolve, reject) => {
    child.onMessage((message) => {
      if (message.type === type) resolve(message as Message & Wanted);
    });
    child.onExit(({ lastWords }) => {
      const sentence = `Cannot measure a pathological server: it ended with the words "${lastWords.trim()}"`;
      reject(new ClusterError(sentence, { code: 'PROCESS_FAILED' }));
    });
  });
}
