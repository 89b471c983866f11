/** Load that is only limited by the answers: each client has the same number of messages under way all the time. */
import type { Clients } from './clients.ts';

/**
 * Keeps so many pings of each client unanswered. What one read of a connection answered is asked anew in one write.
 *
 * @returns Stops, and waits for the last answers; throws when they do not come.
 */
export function keepFull(
  clients: Pick<Clients, 'came' | 'onCame' | 'send' | 'until'>,
  { count, window }: { count: number; window: number },
): () => Promise<void> {
  const before = clients.came;
  const answered = new Uint32Array(count);
  let sent = 0;
  let isGoing = true;
  const send = (client: number, messages: number): void => {
    sent += messages;
    clients.send(client, messages);
  };
  clients.onCame = (client) => {
    const already = answered[client] ?? 0;
    answered[client] = already + 1;
    if (already > 0) return;
    // Runs when all that was read at once has been told.
    queueMicrotask(() => {
      if (isGoing) send(client, answered[client] ?? 0);
      answered[client] = 0;
    });
  };
  for (let client = 0; client < count; client += 1) send(client, window);
  return () => {
    isGoing = false;
    return clients.until(() => clients.came - before === sent, 'answered');
  };
}
