/** The times a run has measured, in the order and under the names every report shows them. */
import type { Quantiles, Summary } from '../../loadgen/results/index.ts';

export interface NamedTimes {
  name: string;
  /** From which moment to which it was measured. */
  meaning: string;
  quantiles: Quantiles;
}

/** Names what was timed, and nothing that was not: a run without round trips has no response times. */
export function namedTimes({ latencyMs, fanoutMs, http }: Summary): NamedTimes[] {
  const { response, service, lateness, push, connect, arrival, recovery } = latencyMs;
  const times: [name: string, meaning: string, quantiles: Quantiles | undefined][] = [
    ['response', 'intended send to answer', response],
    ['service', 'actual send to answer', service],
    ['lateness', 'intended to actual send', lateness],
    ['push', 'intended publication to delivery', push],
    ['first', 'publication to first subscriber', fanoutMs?.first],
    ['median', 'publication to median subscriber', fanoutMs?.median],
    ['last', 'publication to last subscriber', fanoutMs?.last],
    ['http', 'actual request to answer', http?.latencyMs],
    ['connect', `${arrival ? 'planned arrival' : 'first packet'} to end of handshake`, connect],
    ['arrival', 'planned to actual arrival', arrival],
    ['recovery', 'lost connection to ready again', recovery],
  ];
  return times.flatMap(([name, meaning, quantiles]) =>
    quantiles === undefined ? [] : [{ name, meaning, quantiles }],
  );
}
