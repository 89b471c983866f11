/** How likely each channel is to be drawn: the n-th by `1 / n^exponent`, as Zipf found it with words. */

/** Draws in vain after which the rest is drawn in one pass over all channels. */
const MOST_TRIES = 16;

/** Channels of different popularity. */
export class Popularity {
  readonly #weights: Float64Array;
  /** Sum of the weights up to and with each channel. */
  readonly #sums: Float64Array;

  constructor(channels: number, exponent: number) {
    this.#weights = Float64Array.from({ length: channels }, (_, channel) => (channel + 1) ** -exponent);
    let sum = 0;
    this.#sums = this.#weights.map((weight) => {
      sum += weight;
      return sum;
    });
  }

  /** How likely a channel is. */
  shareOf(channel: number): number {
    return (this.#weights[channel] ?? 0) / this.#total;
  }

  /** The channel that a draw from 0 to below 1 stands for. */
  channelOf(draw: number): number {
    const wanted = draw * this.#total;
    let [first, last] = [0, this.#sums.length - 1];
    while (first < last) {
      const middle = (first + last) >> 1;
      if ((this.#sums[middle] ?? 0) > wanted) last = middle;
      else first = middle + 1;
    }
    return first;
  }

  /** Draws different channels, one after the other, each by its popularity among those that are left. */
  sample(count: number, draw: (n: number) => number): number[] {
    const chosen = new Set<number>();
    let draws = 0;
    while (chosen.size < count) {
      const wanted = chosen.size + 1;
      for (let tries = 0; tries < MOST_TRIES && chosen.size < wanted; tries += 1) {
        chosen.add(this.channelOf(draw(draws)));
        draws += 1;
      }
      if (chosen.size === wanted) continue;
      // What is left is rare beside what was chosen.
      chosen.add(this.#channelAmongRest(chosen, draw(draws)));
      draws += 1;
    }
    return [...chosen];
  }

  #channelAmongRest(chosen: ReadonlySet<number>, draw: number): number {
    const rest = [...this.#weights.keys()].filter((channel) => !chosen.has(channel));
    const weightOf = (channel: number) => this.#weights[channel] ?? 0;
    let wanted = draw * rest.reduce((sum, channel) => sum + weightOf(channel), 0);
    const found = rest.find((channel) => {
      wanted -= weightOf(channel);
      return wanted < 0;
    });
    return found ?? rest.at(-1) ?? 0;
  }

  get #total(): number {
    return this.#sums.at(-1) ?? 0;
  }
}
