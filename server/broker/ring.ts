/** Which broker keeps which channel. Every worker must come to the same answer, restarts included. */

/**
 * Chooses the broker of a channel, 0 to `brokers` - 1: the one whose hash together with the channel's is
 * the highest (rendezvous hashing). When a broker joins, only the channels it wins change their place.
 */
export function brokerOf(channel: string, brokers: number): number {
  if (brokers === 1) {
    return 0;
  }
  const hash = hashOf(channel);
  let chosen = 0;
  let highest = -1;
  for (let broker = 0; broker < brokers; broker += 1) {
    const score = mix(hash ^ mix(broker + 1));
    if (score > highest) {
      highest = score;
      chosen = broker;
    }
  }
  return chosen;
}

/** FNV-1a over UTF-16 units. Spreads badly by itself; `mix` does the rest. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}

/** The finaliser of MurmurHash3: every bit of the input moves half the bits of the result. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
