/** Who gets connections: joins what workers and balancers say with those who deal connections out. */
import type { Snapshot } from '../../observe/index.ts';
import type { Message } from '../../process/index.ts';
import type { Evenness } from '../evenness.ts';
import type { Relay } from '../roles/index.ts';
import type { Watcher } from './processes.ts';

/** Watches workers. */
export function watchWorkers(evenness: Evenness, relay: Relay): Watcher {
  const present = new Map<number, number>();
  return {
    started(id, pid) {
      present.set(id, pid);
      evenness.note(id, 0);
      relay.open(id, pid);
    },
    ended(id, pid) {
      relay.close(pid);
      if (present.get(id) === pid) {
        present.delete(id);
        evenness.forget(id);
      }
    },
    heard(id, message) {
      if (message.type === 'snapshot') {
        evenness.hear(id);
        relay.noteFigures(id, message['snapshot'] as Snapshot);
      } else if (message.type === 'connections') {
        evenness.note(id, Number(message['connections']));
        relay.noteFull(id, message['isFull'] === true);
      }
    },
  };
}

/** Watches balancers. */
export function watchBalancers(relay: Relay): Watcher {
  return {
    heard(_id: number, message: Message) {
      if (message.type === 'dealt') {
        relay.noteDealt(message);
      }
    },
  };
}
