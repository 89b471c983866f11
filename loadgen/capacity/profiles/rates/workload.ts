/** The workload of a profile as people describe one. */
import { payloadBytesOf } from '../../wire/index.ts';
import { type Profile, partsOf } from '../profile.ts';
import { pingIntervalMsOf, ratesOf, type Stream, streamsOf } from './rates-of.ts';

/** What one user does, on average. */
export interface Workload {
  readonly publicationsPerSecond: number;
  /** Messages that are answered. */
  readonly callsPerSecond: number;
  /** Of all messages that users send, 0 where they send none. */
  readonly shareOfCalls: number;
  /** Subscribers of a publication; 0 where there is none. */
  readonly fanOut: { readonly mean: number; readonly p95: number };
  readonly pingIntervalMs: number;
  /** Mean data of a message, as JSON; of a publication, its filler. */
  readonly payloadBytes: number;
  readonly connectsPerHour: number;
}

const SECONDS_OF_HOUR = 3_600;

/** How many deviations above the mean 95 % of a normal distribution end. */
const P95 = 1.645;

/** Describes a profile. */
export function workloadOf(profile: Profile): Workload {
  const { connects, fanOut, load, publications } = ratesOf(profile);
  const calls = load - publications;
  return {
    publicationsPerSecond: publications,
    callsPerSecond: calls,
    shareOfCalls: load === 0 ? 0 : calls / load,
    fanOut: { mean: fanOut, p95: p95Of(fanOut) },
    pingIntervalMs: pingIntervalMsOf(profile),
    payloadBytes: meanPayload(profile, streamsOf(profile)),
    connectsPerHour: connects * SECONDS_OF_HOUR,
  };
}

/** Users choose their channels by themselves: their number is Poisson's, whose deviation is the root of its mean. */
function p95Of(mean: number): number {
  return mean === 0 ? 0 : Math.round(mean + P95 * Math.sqrt(mean));
}

function meanPayload(profile: Profile, streams: readonly Stream[]): number {
  const parts = partsOf(profile);
  const sent = ({ calls, publications }: Stream): number => calls + publications;
  const all = streams.reduce((sum, stream) => sum + sent(stream), 0);
  if (all === 0) return 0;
  return streams.reduce((sum, stream, n) => {
    const behaviour = parts[n]?.group.behaviour ?? { kind: 'idle' };
    return sum + (sent(stream) / all) * payloadBytesOf(behaviour, profile.rates?.payloadBytes);
  }, 0);
}
