/** Who listens to what. Pure: subscribers can be links, brokers or anything else with an identity. */
export class ChannelTable<Subscriber> {
  /** Maps and sets, because clients name channels and `__proto__` is a legal name. */
  readonly #subscribers = new Map<string, Set<Subscriber>>();
  readonly #channels = new Map<Subscriber, Set<string>>();

  /** Adds a subscriber to a channel; a second time changes nothing. */
  subscribe(channel: string, subscriber: Subscriber): void {
    addTo(this.#subscribers, channel, subscriber);
    addTo(this.#channels, subscriber, channel);
  }

  /** Takes a subscriber off a channel; one that is not on it changes nothing. */
  unsubscribe(channel: string, subscriber: Subscriber): void {
    removeFrom(this.#subscribers, channel, subscriber);
    removeFrom(this.#channels, subscriber, channel);
  }

  /** Takes a subscriber off all its channels. */
  drop(subscriber: Subscriber): void {
    for (const channel of this.#channels.get(subscriber) ?? []) {
      removeFrom(this.#subscribers, channel, subscriber);
    }
    this.#channels.delete(subscriber);
  }

  /** The subscribers of a channel in the order they came; undefined when there are none. */
  subscribersOf(channel: string): ReadonlySet<Subscriber> | undefined {
    return this.#subscribers.get(channel);
  }
}

function addTo<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = sets.get(key);
  if (set === undefined) {
    sets.set(key, new Set([value]));
    return;
  }
  set.add(value);
}

function removeFrom<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = sets.get(key);
  if (set?.delete(value) && set.size === 0) {
    sets.delete(key); // an empty set would stay for ever for a name that is never used again
  }
}
