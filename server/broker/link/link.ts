/**
 * One worker-to-broker link: subscriptions that survive a loss of the line, publications and requests that
 * are answered or rejected, and a bounded backlog while the line is away.
 */
import type { ClusterError } from '../../errors/index.ts';
import { Backlog } from './backlog.ts';
import { Calls, unreachable } from './calls.ts';
import { FrameType, misfitOf } from './frame.ts';
import type { Frame } from './frame-reader.ts';
import { Line } from './line.ts';
import type { LinkOptions, LinkState } from './options.ts';

/** Room for publications while the line is away, 1 MiB. */
const MAX_BACKLOG_BYTES = 1_048_576;

/** Room for bytes a broker does not read although the line is up, 64 MiB. */
const MAX_QUEUED_BYTES = 67_108_864;

/** Sweeps within one ackTimeoutMs: a call waits at most a tenth longer than promised. */
const SWEEPS = 10;

/** The worker's end of a link. Connects at once. */
export class Link {
  readonly #options: LinkOptions;
  readonly #line: Line;
  readonly #calls = new Calls();
  readonly #backlog = new Backlog(MAX_BACKLOG_BYTES);
  /** Channels to have, each with whether a caller was told that it has it. */
  readonly #wanted = new Map<string, boolean>();
  readonly #sweeper: NodeJS.Timeout;
  #state: LinkState | undefined;
  #lost = 0;
  #isClosed = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#line = new Line({
      path: options.path,
      secret: options.secret,
      workerId: options.workerId,
      welcomeWithinMs: options.ackTimeoutMs,
      onUp: () => this.#rise(),
      onDown: (error, failures) => this.#fall(error, failures),
      onFrame: (frame) => this.#take(frame),
    });
    this.#sweeper = setInterval(() => this.#sweep(), options.ackTimeoutMs / SWEEPS).unref();
  }

  /** Publications nobody waited for that are known to be lost. */
  get lost(): number {
    return this.#lost;
  }

  /** Whether the broker has welcomed this worker. */
  get isUp(): boolean {
    return this.#line.isUp;
  }

  subscribe(channel: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const refusal = this.#refusal(channel, 0);
      if (refusal !== undefined) {
        reject(unreachable('subscribe', channel, refusal));
        return;
      }
      const id = this.#calls.add('subscribe', channel, () => resolve(), reject);
      this.#wanted.set(channel, this.#wanted.get(channel) ?? false);
      if (this.#line.isUp) {
        this.#line.send(FrameType.subscribe, id, channel);
      }
    });
  }

  /** From now on no publication of the channel is delivered, whatever is still on its way. */
  unsubscribe(channel: string): void {
    if (this.#wanted.delete(channel) && this.#line.isUp) {
      this.#line.send(FrameType.unsubscribe, 0, channel);
    }
  }

  publish(channel: string, payload: Uint8Array): Promise<void> {
    return this.#call('publish', channel, payload, ignore);
  }

  /** Asks the broker's store. Rejects when the link breaks: nobody knows then whether it was done. */
  request(operation: string, payload: Uint8Array): Promise<string> {
    return this.#call('request', operation, payload, String);
  }

  /** Tells every worker of this broker, this one included. Resolves when the own copy has come. */
  notify(channel: string, payload: Uint8Array): Promise<void> {
    return this.#call('notice', channel, payload, ignore);
  }

  /** Asks for something nobody waits for. Goes nowhere while the line is away. */
  tell(operation: string, payload: Uint8Array): void {
    if (this.#line.isUp && this.#refusal(operation, payload.length) === undefined) {
      this.#line.send(FrameType.request, 0, operation, payload);
    }
  }

  transmit(channel: string, payload: Uint8Array): void {
    if (
      this.#refusal(channel, payload.length) !== undefined ||
      !this.#hand(FrameType.publish, 0, channel, payload)
    ) {
      this.#lost += 1;
    }
  }

  /** Rejects all calls that wait and ends the line. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#sweeper);
    this.#calls.reject('the link is closed', () => true);
    this.#lost += this.#backlog.take().filter(({ id }) => id === 0).length;
    await this.#line.close();
  }

  /** Why a frame of this channel cannot be taken now. */
  #refusal(channel: string, payloadBytes: number): string | undefined {
    if (this.#isClosed) {
      return 'the link is closed';
    }
    if (this.#line.queuedBytes > MAX_QUEUED_BYTES) {
      return 'the broker does not keep up';
    }
    return misfitOf(channel, payloadBytes);
  }

  #call<Answer>(
    kind: 'publish' | 'request' | 'notice',
    channel: string,
    payload: Uint8Array,
    read: (answer?: Buffer) => Answer,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const refusal = this.#refusal(channel, payload.length);
      if (refusal !== undefined) {
        reject(unreachable(kind, channel, refusal));
        return;
      }
      const id = this.#calls.add(kind, channel, (answer) => resolve(read(answer)), reject);
      if (!this.#hand(FrameType[kind], id, channel, payload)) {
        this.#calls.take(id);
        reject(unreachable(kind, channel, 'the backlog of the broken link is full'));
      }
    });
  }

  /** Hands a frame to the line or, while that is away, to the backlog; false when there is no room. */
  #hand(type: FrameType, id: number, channel: string, payload: Uint8Array): boolean {
    if (!this.#line.isUp) {
      return this.#backlog.add(type, id, channel, payload);
    }
    this.#line.send(type, id, channel, payload);
    this.#calls.markSent(id);
    return true;
  }

  #take(frame: Frame): void {
    if (frame.type === FrameType.message) {
      const { channel } = frame;
      if (this.#wanted.has(channel)) {
        this.#options.deliver(channel, frame.payload);
      }
      return;
    }
    if (frame.type === FrameType.notice) {
      this.#options.onNotice?.(frame.channel, frame.payload);
      return;
    }
    const call = this.#calls.take(frame.id);
    if (call?.kind === 'subscribe' && this.#wanted.has(call.channel)) {
      this.#wanted.set(call.channel, true);
    }
    call?.resolve(frame.type === FrameType.response ? frame.payload : undefined);
  }

  /** The broker may be a new one: first every channel, then who waits for one, then the backlog. */
  #rise(): void {
    for (const channel of this.#wanted.keys()) {
      this.#line.send(FrameType.subscribe, 0, channel);
    }
    for (const [id, { kind, channel }] of this.#calls) {
      if (kind === 'subscribe') {
        this.#repeatSubscribe(id, channel);
      }
    }
    for (const { type, id, channel, payload } of this.#backlog.take()) {
      this.#hand(type, id, channel, payload);
    }
    this.#tell('up');
  }

  #repeatSubscribe(id: number, channel: string): void {
    if (this.#wanted.has(channel)) {
      this.#line.send(FrameType.subscribe, id, channel);
      return;
    }
    this.#calls.take(id)?.resolve(); // given up while the line was away
  }

  /** What was sent may have arrived or not; sending it again could deliver it twice, so it is rejected. */
  #fall(error: ClusterError, failures: number): void {
    this.#calls.reject(`the link broke: ${error.message}`, (call) => call.isSent);
    this.#tell('down', error);
    this.#options.onFailure?.(failures, error);
  }

  #tell(state: LinkState, error?: ClusterError): void {
    if (state !== this.#state) {
      this.#state = state;
      this.#options.onState?.(state, error);
    }
  }

  #sweep(): void {
    const { ackTimeoutMs } = this.#options;
    for (const { kind, channel } of this.#calls.expire(ackTimeoutMs)) {
      if (
        kind === 'subscribe' &&
        this.#wanted.get(channel) === false &&
        !this.#calls.isSubscribing(channel)
      ) {
        this.unsubscribe(channel); // its caller was told that it has no subscription
      }
    }
    this.#lost += this.#backlog.expire(ackTimeoutMs).filter(({ id }) => id === 0).length;
  }
}

/** An acknowledgement says nothing. */
function ignore(): void {}
