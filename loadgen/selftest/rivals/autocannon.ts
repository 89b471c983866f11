/** autocannon against the same servers, as the program it is: in a process of its own, by its command line. */
import { createRequire } from 'node:module';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ClusterError } from '../../../server/errors/index.ts';
import { startChild } from '../../../server/process/index.ts';

/** What autocannon is asked for. */
export interface Cannonade {
  url: string;
  seconds: number;
  connections: number;
  /** Requests per second of all connections together. */
  perSecond: number;
  /** Whether it is to fill in the answers that it believes a waiting client has missed, as it does by default. */
  corrects: boolean;
}

/** What it reports, milliseconds. */
export interface Reported {
  p50: number;
  p90: number;
  p99: number;
  p999: number;
  max: number;
}

/** The part of its JSON that matters here. */
interface Result {
  latency: { p50: number; p90: number; p99: number; p99_9: number; max: number };
}

/**
 * Runs autocannon once.
 * @throws ClusterError PROCESS_FAILED when it reports nothing.
 */
export async function runAutocannon(cannonade: Cannonade): Promise<Reported> {
  const { url, seconds, connections, perSecond, corrects } = cannonade;
  const words = ['--json', '-d', seconds, '-c', connections, '-R', perSecond, url].map(String);
  const stdout = new PassThrough();
  const output = text(stdout);
  const child = await startChild(createRequire(import.meta.url).resolve('autocannon'), {
    arguments: corrects ? words : ['--ignoreCoordinatedOmission', ...words],
    stdout,
  });
  child.onExit(() => stdout.end());
  return readResult(await output);
}

/** Reads the line that autocannon ends with. */
export function readResult(output: string): Reported {
  const line = output.split('\n').find((each) => each.startsWith('{'));
  if (line === undefined) {
    const sentence = `Cannot read what autocannon reports: wanted JSON, got "${output.trim().slice(0, 80)}"`;
    throw new ClusterError(sentence, { code: 'PROCESS_FAILED' });
  }
  const { p50, p90, p99, p99_9: p999, max } = (JSON.parse(line) as Result).latency;
  return { p50, p90, p99, p999, max };
}
