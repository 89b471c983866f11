/** The process that makes HTTP requests, as the coordinator sees it. */
import { ClusterError } from '../../server/errors/index.ts';
import { type Child, entry, startChild } from '../../server/process/index.ts';
import type { HttpRecord } from '../results/index.ts';
import type { HttpOrder } from './messages.ts';

/** Time that process has to get ready, milliseconds. */
const READY_WITHIN_MS = 30_000;
/** Time it has to end its requests and to tell of them, milliseconds. */
const END_WITHIN_MS = 5_000;

/** Requests in a process of their own. */
export interface HttpRequests {
  readonly pid: number;
  /** Fixes the common start, milliseconds since the epoch. */
  go(atEpochMs: number): void;
  /** Ends the requests, and the process with them. What came of them; null when nobody told. */
  stop(): Promise<HttpRecord | null>;
}

/**
 * Starts the process and waits until it is ready.
 *
 * @throws ClusterError AGENT_LOST when it does not get ready.
 */
export async function startHttp(order: HttpOrder): Promise<HttpRequests> {
  const child = await startChild(entry('loadgen/http/main.js'), { stdout: process.stderr });
  let record: HttpRecord | null = null;
  const exited = new Promise<void>((resolve) => child.onExit(() => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    child.onMessage((message) => {
      if (message.type === 'ready') resolve();
      if (message.type === 'http') record = message['record'] as HttpRecord;
    });
    child.onExit(({ lastWords }) => reject(notReady(lastWords.trim())));
    setTimeout(() => reject(notReady('it did not answer in time')), READY_WITHIN_MS).unref();
  });
  child.send({ type: 'start', options: order });
  const stop = async (): Promise<HttpRecord | null> => {
    await end(child, exited);
    return record;
  };
  try {
    await ready;
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid, go: (at) => child.send({ type: 'go', at }), stop };
}

async function end(child: Child, exited: Promise<void>): Promise<void> {
  child.send({ type: 'stop', withinMs: END_WITHIN_MS });
  const timer = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS);
  await exited;
  clearTimeout(timer);
}

function notReady(why: string): ClusterError {
  return new ClusterError(`Cannot start the process for HTTP requests: ${why}`, { code: 'AGENT_LOST' });
}
