/** The process at a worker's end of a link, seen from the measure. */
import type { Message } from '../../../server/process/index.ts';
import { end, startReady } from '../child.ts';
import type { EndStart, Told } from './messages.ts';

/** A process at a worker's end of a link. */
export interface End {
  /** Gives an order and waits until it is done. One at a time. */
  ask(order: Message): Promise<Told>;
  stop(): Promise<void>;
}

/** Starts it; its link is up then. */
export async function startEnd(start: EndStart): Promise<End> {
  const { child } = await startReady('loadgen/peers/hop/main.js', start);
  let settle = (_told: Told): void => {};
  child.onMessage((message) => {
    if (message.type === 'told') {
      settle(message as unknown as Told);
    }
  });
  return {
    ask: (order) =>
      new Promise((resolve) => {
        settle = resolve;
        child.send(order);
      }),
    stop: () => end(child),
  };
}
