/** The times a run has measured, in the order and under the names every report shows them. */
import type { Quantiles, Summary } from '../../loadgen/results/index.ts';

export interface NamedTimes {
  name: string;
  /** From which moment to which it was measured. */
  meaning: string;
  quantiles: Quantiles;
}

/** Names what was timed. A run without round trips has neither response nor service times. */
export function namedTimes({ latencyMs, messages }: Summary): NamedTimes[] {
  const { response, service, lateness, push, connect } = latencyMs;
  const roundTrips = messages.sent > 0;
  const times: [name: string, meaning: string, quantiles: Quantiles | undefined][] = [
    ['response', 'intended send to answer', roundTrips ? response : undefined],
    ['service', 'actual send to answer', roundTrips ? service : undefined],
    ['lateness', 'intended to actual send', lateness],
    ['push', 'intended publication to delivery', push],
    ['connect', 'first packet to end of handshake', connect],
  ];
  return times.flatMap(([name, meaning, quantiles]) =>
    quantiles === undefined ? [] : [{ name, meaning, quantiles }],
  );
}
