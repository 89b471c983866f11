/**
 * What a worker may rely on when it shares channels with other workers. Three set-ups pass the same contract suite:
 * `MemoryBroker` inside one process, `RemoteBroker` over links to broker processes, and the same where the brokers of
 * several hosts are joined through NATS.
 *
 * Payloads are opaque bytes: a broker routes on the channel's name and never looks inside.
 */
export interface Broker {
  /**
   * Asks for a channel's publications. Resolves when the broker has taken note: everything published
   * after that is delivered. Calling it again for the same channel is allowed and changes nothing.
   *
   * @throws ClusterError BROKER_UNREACHABLE when no broker took note within the acknowledgement time-out.
   */
  subscribe(channel: string): Promise<void>;

  /** Gives a channel up. Resolves when no more of its publications will be delivered. Never rejects. */
  unsubscribe(channel: string): Promise<void>;

  /**
   * Publishes to every subscriber of the channel in any worker, this one included, in one order that is the same for
   * all workers of a host; those of other hosts see what each worker published in the order it did. Resolves after
   * this worker's own copy has been delivered. What other hosts do not get is counted, not waited for.
   *
   * @throws ClusterError BROKER_UNREACHABLE when the publication could not be handed over.
   */
  publish(channel: string, payload: Uint8Array): Promise<void>;

  /** Like `publish`, but nobody waits and a loss is only counted. */
  transmit(channel: string, payload: Uint8Array): void;

  /** Ends the links. Calls that are waiting are rejected; afterwards every call rejects. */
  close(): Promise<void>;
}

/**
 * Takes one publication of a subscribed channel. The bytes are only valid during the call: whoever
 * keeps them copies them.
 */
export type Deliver = (channel: string, payload: Uint8Array) => void;
