/**
 * A user of any WebSocket server: it says a text over and over and takes what comes back for answers. Open as soon as
 * the upgrade is over, with no word about who it is.
 */
import type { PlannedBehaviour } from '../../plan/index.ts';
import type { Driver, DriverEvents, DriverOptions } from '../driver.ts';
import { batchesOf, type WebSocketEvents, WebSockets } from '../wire/index.ts';
import { NumberField } from './number-field.ts';
import { Template } from './template.ts';

/** What the users of one group say and listen for. */
interface Talk {
  template: Template;
  /** The message once, twice and so on; empty for one that is another each time. */
  batches: readonly Buffer[];
  /** Undefined: whatever comes answers the oldest message. */
  field: NumberField | undefined;
}

/** Creates the driver of plain messages. It is quiet until the first `connect`. */
export function createWebSocketDriver(options: DriverOptions): Driver {
  return new WebSocketDriver(options);
}

class WebSocketDriver implements Driver {
  readonly #options: DriverOptions;
  readonly #events: DriverEvents;
  readonly #sockets: WebSockets;
  readonly #talks: (Talk | undefined)[];
  /** 1 for users whose connection is open. */
  readonly #open: Uint8Array;
  /** Messages that users have sent whose turns are not told. */
  readonly #sent: Uint32Array;

  constructor(options: DriverOptions) {
    this.#options = options;
    this.#events = options.events;
    this.#open = new Uint8Array(options.users);
    this.#sent = new Uint32Array(options.users);
    this.#talks = options.behaviours.map(createTalk);
    this.#sockets = new WebSockets(options, this.#socketEvents);
  }

  connect(user: number, localAddress: string | undefined): void {
    this.#sockets.open(user, localAddress);
  }

  send(user: number, count: number): void {
    const talk = this.#talkOf(user);
    if (talk === undefined) return;
    const { batches, template } = talk;
    for (let left = count; left > 0; ) {
      const batch = batches[Math.min(left, batches.length) - 1] ?? this.#next(user, template);
      this.#sockets.write(user, batch);
      left -= Math.max(1, Math.min(left, batches.length));
    }
  }

  call(user: number, call: number): void {
    const talk = this.#talkOf(user);
    if (talk !== undefined) this.#sockets.write(user, this.#encode(user, talk.template, call));
  }

  subscribe(user: number): void {
    refuse('subscribe', user);
  }

  publish(user: number): void {
    refuse('publish', user);
  }

  emit(user: number): void {
    refuse('emit', user);
  }

  setReading(user: number, isReading: boolean): void {
    this.#sockets.setReading(user, isReading);
  }

  leave(user: number): void {
    this.#open[user] = 0;
    this.#sockets.leave(user);
  }

  abandon(user: number, cause: string): void {
    this.#sockets.end(user, cause);
  }

  close(): Promise<void> {
    this.#open.fill(0);
    return this.#sockets.close();
  }

  readonly #socketEvents: WebSocketEvents = {
    granted: (user, worker) => {
      this.#open[user] = 1;
      this.#events.opened(user, worker, this.#sockets.at);
    },
    message: (user, bytes, start, end) => {
      const talk = this.#talkOf(user);
      if (this.#open[user] !== 1 || talk === undefined) return;
      const { at } = this.#sockets;
      if (talk.field === undefined) return this.#events.answer(user, Number.NaN, at);
      const call = talk.field.read(bytes, start, end);
      if (!Number.isNaN(call)) this.#events.response(user, call, false, at, undefined);
    },
    ended: (user, cause) => {
      const wasOpen = this.#open[user] === 1;
      this.#open[user] = 0;
      if (wasOpen) this.#events.closed(user, cause);
      else this.#events.refused(user, cause);
    },
  };

  #next(user: number, template: Template): Buffer {
    const id = this.#sent[user] ?? 0;
    this.#sent[user] = id + 1;
    return this.#encode(user, template, id);
  }

  #encode(user: number, template: Template, id: number): Buffer {
    const { clock, numbers } = this.#options;
    const time = Math.round(clock.startEpochMs + clock.now() * 1000);
    return template.encode({ id, user: numbers[user] ?? 0, time });
  }

  #talkOf(user: number): Talk | undefined {
    return this.#talks[this.#options.groups[user] ?? 0];
  }
}

function createTalk(behaviour: PlannedBehaviour): Talk | undefined {
  if (behaviour.kind !== 'messages') return undefined;
  const { message, correlate } = behaviour;
  const template = new Template(message);
  return {
    template,
    batches: template.isFixed ? batchesOf(template.encode({ id: 0, user: 0, time: 0 })) : [],
    field: correlate === '' ? undefined : new NumberField(correlate),
  };
}

function refuse(what: string, user: number): never {
  throw new TypeError(`Cannot ${what} as user ${user}: plain messages know neither channels nor events`);
}
