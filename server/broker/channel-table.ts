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

  /** Takes a subscriber off a channel; one that is not on it changes nothing. Returns whether it was the last. */
  unsubscribe(channel: string, subscriber: Subscriber): boolean {
    removeFrom(this.#channels, subscriber, channel);
    return removeFrom(this.#subscribers, channel, subscriber);
  }

  /** Takes a subscriber off all its channels. Returns those that have none any more. */
  drop(subscriber: Subscriber): string[] {
    const channels = [...(this.#channels.get(subscriber) ?? [])];
    this.#channels.delete(subscriber);
    return channels.filter((channel) => removeFrom(this.#subscribers, channel, subscriber));
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

/** Returns whether it was the last of its set. */
function removeFrom<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): boolean {
  const set = sets.get(key);
  if (set?.delete(value) !== true || set.size > 0) {
    return false;
  }
  sets.delete(key); // an empty set would stay for ever for a name that is never used again
  return true;
}
