/**
 * Requests at a fixed rate, and the only file that knows autocannon. Its correction for coordinated omission takes
 * every rate for a thousand a second and is switched off: what is left are times from the actual request to its
 * answer. It lets go of a whole second's requests at once, so that a stall between two such bursts is not seen; and it
 * takes any certificate.
 */
import type { EventEmitter } from 'node:events';
import autocannon, { type Options, type Result } from 'autocannon';
import { createHistogram, type Histogram, type HttpRecord } from '../results/index.ts';
import type { HttpOrder } from './messages.ts';

const MICROSECONDS = 1_000;

/** Requests that are being made. */
export interface Requests {
  /** Ends them within a second. */
  stop(): void;
  /** What came of them. Rejects when they cannot be made at all. */
  readonly done: Promise<HttpRecord>;
}

/** What autocannon does not count by itself. */
interface Counts {
  histogram: Histogram;
  /** Requests whose connection was closed instead of an answer, which autocannon makes again without a word. */
  unanswered: number;
}

/** Makes requests from now on until the order's time is over. */
export function makeRequests(order: HttpOrder): Requests {
  const counts: Counts = { histogram: createHistogram(), unanswered: 0 };
  let stop: () => void = () => undefined;
  const done = new Promise<HttpRecord>((resolve, reject) => {
    const instance = autocannon(optionsOf(order, counts), (error, result) => {
      if (error === null) resolve(recordOf(order, result, counts));
      else reject(error);
    });
    stop = () => instance.stop();
  });
  return { done, stop: () => stop() };
}

function optionsOf(order: HttpOrder, counts: Counts): Options {
  const { origin, path, method, headers, body, connections, rate, answerWithin, start, end } = order;
  return {
    url: `${origin}${path}`,
    method,
    headers,
    ...(body === '' ? {} : { body }),
    connections: Math.min(connections, rate),
    overallRate: rate,
    duration: end - start,
    timeout: answerWithin,
    ignoreCoordinatedOmission: true,
    setupClient: (client) => watch(client, counts),
  };
}

/** A connection makes one request at a time. */
function watch(client: EventEmitter, counts: Counts): void {
  let isWaiting = false;
  const rest = (): void => {
    isWaiting = false;
  };
  client.on('request', () => {
    if (isWaiting) counts.unanswered += 1;
    isWaiting = true;
  });
  client.on('response', (_status: number, _bytes: number, milliseconds: number) => {
    counts.histogram.record(milliseconds * MICROSECONDS);
    rest();
  });
  client.on('connError', rest);
  client.on('timeout', rest);
}

function recordOf(
  { start }: HttpOrder,
  { duration, errors, timeouts, statusCodeStats }: Result,
  { histogram, unanswered }: Counts,
): HttpRecord {
  const status = Object.fromEntries(
    Object.entries(statusCodeStats).map(([code, { count }]) => [code, count]),
  );
  const latency = histogram.count > 0 ? { latency: histogram.encode() } : {};
  histogram.destroy();
  const failures = { errors: errors + unanswered, timedOut: timeouts };
  return { type: 'http', start, seconds: duration, status, ...failures, ...latency };
}
