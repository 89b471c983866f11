import { EventEmitter } from 'node:events';
import { shielded, wantFunction } from '../../errors/index.ts';
import type { ChannelListener } from './channel.ts';

/**
 * - `subscribe` (channel): a broker has taken note that the application listens.
 * - `subscribeFail` (error, channel): none has; it is asked again.
 * - `unsubscribe` (channel): the application listens no more.
 * - `message` (channel, data): a publication of a channel the application listens to.
 */
export type ChannelEvent = 'message' | 'subscribe' | 'subscribeFail' | 'unsubscribe';

const names: readonly string[] = ['message', 'subscribe', 'subscribeFail', 'unsubscribe'];

/** Who listens to what becomes of channels: of all, or of one by its name. */
export class ChannelEvents {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  /**
   * Adds a listener, or takes it away.
   *
   * @throws TypeError for what is no function, or an event that no channel has.
   */
  attend(how: 'off' | 'on' | 'once', event: string, listener: ChannelListener, channel?: string): void {
    wantFunction(`listen to "${event}" of a channel`, listener);
    if (!names.includes(event)) {
      throw new TypeError(`Cannot listen to "${event}" of a channel: wanted is one of ${names.join(', ')}`);
    }
    this.#emitter[how](keyOf(event, channel), listener as () => void);
  }

  /** Tells of an event of a channel. What listeners throw breaks nothing here. */
  announce(event: ChannelEvent, channel: string, detail?: unknown): void {
    const details = event === 'subscribeFail' ? [detail, channel] : [channel, detail];
    shielded(() => this.#emitter.emit(event, ...details));
    shielded(() => this.#emitter.emit(keyOf(event, channel), ...details));
  }
}

/** Events of one channel have its name behind theirs. */
function keyOf(event: string, channel?: string): string {
  return channel === undefined ? event : `${event}/${channel}`;
}
