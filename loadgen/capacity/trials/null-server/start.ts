/** A null server as its parent sees it. */
import { ClusterError } from '../../../../server/errors/index.ts';
import { entry, startChild } from '../../../../server/process/index.ts';

/** Options of the start. */
export interface NullServerStart {
  /** Event that answers an event without a call number. */
  reply: string;
}

/** Details of `ready`. */
export interface NullServerReady {
  port: number;
}

/** A null server that runs. */
export interface NullServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Time it has to end, milliseconds. */
const STOP_WITHIN_MS = 2_000;

/** The event that our scenarios wait for unless they say otherwise. */
const USUAL_REPLY = 'pong';

/**
 * Starts a null server: a process that answers whatever comes at once, and hands publications on.
 *
 * @throws ClusterError PROCESS_FAILED when it does not get ready.
 */
export async function startNullServer({
  reply = USUAL_REPLY,
}: Partial<NullServerStart> = {}): Promise<NullServer> {
  const child = await startChild(entry('loadgen/capacity/trials/null-server/main.js'), {
    stdout: process.stderr,
  });
  const ready = new Promise<NullServerReady>((resolve, reject) => {
    child.onMessage((message) => {
      if (message.type === 'ready') resolve(message['details'] as NullServerReady);
    });
    child.onExit(({ lastWords }) => {
      const sentence = `Cannot start the null server: it ended with the words "${lastWords.trim()}"`;
      reject(new ClusterError(sentence, { code: 'PROCESS_FAILED' }));
    });
  });
  const ended = new Promise<void>((resolve) => child.onExit(() => resolve()));
  child.send({ type: 'start', options: { reply } satisfies NullServerStart });
  const { port } = await ready;
  return {
    url: `ws://127.0.0.1:${port}/`,
    async stop() {
      child.send({ type: 'stop', withinMs: STOP_WITHIN_MS });
      await ended;
    },
  };
}
