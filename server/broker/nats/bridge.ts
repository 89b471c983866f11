/**
 * A broker's way to the brokers of other hosts, through NATS. What is published here goes out beside the local delivery
 * and never before it waits; what others publish comes in for the channels that somebody here subscribes to.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { createCounters } from '../../observe/index.ts';
import type { ClusterOption } from '../../options/index.ts';
import { type Frame, FrameError } from '../link/index.ts';
import type { Revocation } from '../store/index.ts';
import { Control } from './control/index.ts';
import { crossingNames, Inlet, type Outlet, Outlets } from './crossing/index.ts';
import { dial, Line } from './line/index.ts';
import { Standing } from './standing.ts';
import { Subjects } from './subjects.ts';

/** What a bridge needs to know. */
export interface BridgeOptions {
  cluster: ClusterOption;
  /** Id of this host, 12 hexadecimal digits, new with each start of its master. */
  hostId: string;
  /** Number of this broker on its host. */
  id: number;
  /** Whether a first attempt that fails is repeated instead of thrown, and not waited for. */
  mayBeAlone: boolean;
  /** Takes what an operator should know: that NATS is away, or back. */
  warn(problem: Error): void;
}

/** What comes from other hosts. */
export interface BridgeEvents {
  /** Takes a publication of a channel that is wanted, valid during the call. */
  deliver(channel: string, publication: Frame): void;
  /** Takes what a worker told of a session, valid during the call. */
  tell(topic: string, message: Uint8Array): void;
  /** Takes revocations; resolves when every worker has taken them. */
  takeRevocations(revocations: readonly Revocation[]): Promise<void>;
  /** Those in force. */
  readonly revocations: readonly Revocation[];
}

/** What workers tell of sessions begins so. Nothing else may come in as a notice. */
const TOLD = 'told:';

/** What tells brokers of a host, and their restarts, apart. */
const OWN_BYTES = 6;

/** A broker that may be alone listens to its host's workers after so long, whether NATS has answered or not, ms. */
const ALONE_AFTER_MS = 1_000;

/** A cut link must not keep a broker from ending, milliseconds. */
const CLOSE_WITHIN_MS = 300;

/**
 * Joins the other hosts.
 *
 * @throws ClusterError CLUSTER_UNREACHABLE when NATS cannot be reached or does not let this host in.
 */
export async function buildBridge(options: BridgeOptions, events: BridgeEvents): Promise<Bridge> {
  const bridge = new Bridge(options, events);
  try {
    await bridge.open();
  } catch (error) {
    await bridge.close();
    throw error;
  }
  return bridge;
}

export class Bridge {
  readonly #options: BridgeOptions;
  readonly #events: BridgeEvents;
  readonly #counters = createCounters(...crossingNames);
  readonly #subjects: Subjects;
  readonly #line: Line;
  readonly #control: Control;
  readonly #outlets: Outlets;
  readonly #told: Outlet;
  readonly #wanted = new Set<string>();
  /** Channels whose publications may not come yet, each with when they do. */
  readonly #coming = new Map<string, Promise<void>>();
  readonly #standing: Standing;

  /** Made by `buildBridge`. */
  constructor(options: BridgeOptions, events: BridgeEvents) {
    this.#options = options;
    this.#events = events;
    const { cluster, hostId, id } = options;
    const own = `${hostId}${randomBytes(OWN_BYTES).toString('hex')}`;
    const subjects = new Subjects(cluster.name);
    this.#subjects = subjects;
    this.#standing = new Standing(cluster.name, (problem) => options.warn(problem));
    this.#line = new Line({
      dial: (onRefusal) => dial(cluster, `${cluster.name} broker ${id}`, onRefusal),
      onUp: () => this.#rise(),
      onDown: (reason) => this.#fall(reason),
      onFailure: (failures, reason) => failures === 1 && options.warn(reason),
      onRefusal: (problem) => this.#standing.refuse(problem),
    });
    const share = { way: this.#line, sender: own, counters: this.#counters };
    this.#outlets = new Outlets(share, (channel) => subjects.channel(channel));
    this.#told = this.#outlets.make(subjects.told);
    this.#control = new Control({
      line: this.#line,
      subjects,
      host: hostId,
      own,
      isSpokesman: id === 0,
      revocations: () => events.revocations,
      takeRevocations: (revocations) => events.takeRevocations(revocations),
      refused: () => {
        this.#counters.crossingsRefused += 1;
      },
    });
    if (id === 0) {
      // Every broker reaches all workers of its host, so one of them is enough.
      this.#hear(subjects.told, (notice) => this.#takeNotice(notice));
    }
  }

  /** Figures for the broker's snapshot. */
  figures(): Record<string, number> {
    return {
      ...this.#counters,
      natsUp: this.#standing.isJoined ? 1 : 0,
      natsDowns: this.#standing.downs,
      brokersElsewhere: this.#control.neighbours,
      revocationsUnanswered: this.#control.unanswered,
    };
  }

  /** Connects, and waits until other hosts have told what is revoked; who may be alone does not wait long. */
  async open(): Promise<void> {
    const joining = this.#join();
    await (this.#options.mayBeAlone
      ? Promise.race([joining.catch(this.#beAlone), delay(ALONE_AFTER_MS, undefined, { ref: false })])
      : joining);
    this.#standing.open();
  }

  /**
   * Has publications of a channel come from other hosts. Gives a promise that resolves when they do, or NATS is away;
   * undefined when they do already.
   */
  want(channel: string): Promise<void> | undefined {
    if (this.#wanted.has(channel)) {
      return this.#coming.get(channel);
    }
    this.#wanted.add(channel);
    this.#hear(this.#subjects.channel(channel), (publication) => {
      if (publication.channel !== channel) {
        throw new FrameError(`Cannot take a publication of another channel than "${channel}"`);
      }
      this.#events.deliver(channel, publication);
    });
    const coming = this.#line.confirmed().then(() => {
      if (this.#coming.get(channel) === coming) {
        this.#coming.delete(channel);
      }
    });
    this.#coming.set(channel, coming);
    return coming;
  }

  /** Nobody here subscribes to the channel any more. */
  unwant(channel: string): void {
    this.#wanted.delete(channel);
    this.#coming.delete(channel);
    this.#line.unsubscribe(this.#subjects.channel(channel));
  }

  /** Has a publication cross. The frame is copied. */
  publish(channel: string, publication: Frame): void {
    this.#outlets.add(channel, publication);
  }

  /** Has what a worker told of a session cross. */
  tell(notice: Frame): void {
    this.#told.add(notice);
  }

  /** Has revocations cross. Resolves when the workers of all hosts that are there have taken them. */
  revoke(revocations: readonly Revocation[]): Promise<void> {
    return this.#control.revoke(revocations);
  }

  /** Sends what was collected and ends the connection. */
  async close(): Promise<void> {
    this.#outlets.send();
    this.#control.close();
    await Promise.race([this.#line.confirmed(), delay(CLOSE_WITHIN_MS, undefined, { ref: false })]);
    await this.#line.close();
  }

  async #join(): Promise<void> {
    await this.#line.open();
    await this.#line.confirmed();
    await nextTurn(); // NATS says what it does not permit before it confirms, but that takes some ticks more
    const { refusal } = this.#standing;
    if (refusal !== undefined) {
      throw refusal;
    }
    await this.#control.caughtUp();
  }

  readonly #beAlone = (reason: Error): void => {
    if (reason !== this.#standing.refusal) {
      this.#options.warn(reason);
      this.#line.retry(reason);
    }
  };

  #hear(subject: string, take: (publication: Frame) => void): void {
    const inlet = new Inlet(this.#options.hostId, this.#counters, take);
    this.#line.subscribe(subject, inlet.take);
  }

  #takeNotice({ channel, payload }: Frame): void {
    if (!channel.startsWith(TOLD)) {
      throw new FrameError(
        'Cannot take a notice of another host: only what workers tell of sessions crosses',
      );
    }
    this.#events.tell(channel, payload);
  }

  #rise(): void {
    this.#control.rise();
    void this.#line.confirmed().then(() => {
      if (this.#line.isUp) {
        this.#standing.join(this.#counters.crossingsLost);
      }
    });
  }

  #fall(reason: Error): void {
    this.#control.fall();
    this.#standing.leave(reason);
  }
}
