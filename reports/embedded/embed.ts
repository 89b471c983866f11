/**
 * The run as a page carries it along: compressed, and condensed if it must be, so that the page can be asked about
 * any stretch of the run and be made anew without the record. Header, events and summary are carried unchanged.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Run } from '../../loadgen/results/index.ts';
import { ClusterError } from '../../server/errors/index.ts';
import { type Packed, unpack } from '../browser/index.ts';
import { pack } from './columns.ts';
import { condense } from './condense.ts';

/** Lengths of stretches that people like to read, seconds. */
const STRETCHES = [1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 300, 600];

/** More points than that are more than anybody sees, and take long to compress. */
const MOST_POINTS = 800;

/** Digits kept of figures in the timeline; counts, and the summary, are kept as they are. */
const DIGITS = 4;

/** Past this a figure is no count of things that happened in a second, but bytes. */
const HIGHEST_COUNT = 5_000_000;

/** Where it stands in a page: the element's id. */
export const EMBEDDED_ID = 'run-record';

/** A run as a page carries it. */
export interface Embedded {
  /** Compressed with gzip, in base64. */
  text: string;
  /** How many seconds stand together. 1: every second is there. */
  stretch: number;
}

/** Puts a run into at most so many characters. When not even stretches of minutes fit, its timeline stays away. */
export function embedRun(run: Run, most: number): Embedded {
  let least = run.timeline.length / MOST_POINTS;
  for (const stretch of STRETCHES) {
    if (stretch < least) continue;
    const timeline = condense(run.timeline, stretch);
    const text = compress({ ...run, timeline });
    if (text.length <= most) return { text, stretch: longest(timeline) };
    // Half as many points take more than half the room: shorter stretches than this need not be tried.
    least = stretch * (text.length / most);
  }
  return { text: compress({ ...run, timeline: [] }), stretch: 0 };
}

/**
 * Takes the run out of a page that `embedRun` was asked for.
 *
 * @throws ClusterError RECORD_INVALID when the text is no page of a run.
 */
export function readEmbedded(page: string, path: string): Run {
  const start = page.indexOf(`id="${EMBEDDED_ID}"`);
  const from = page.indexOf('>', start) + 1;
  try {
    if (start < 0) throw new RangeError('no such element');
    const text = gunzipSync(Buffer.from(page.slice(from, page.indexOf('<', from)), 'base64')).toString();
    const run = JSON.parse(text) as Omit<Run, 'timeline'> & { timeline: Packed };
    if (run.header.type !== 'header') throw new RangeError('no header');
    return { ...run, timeline: unpack(run.timeline) as Run['timeline'] };
  } catch (cause) {
    throw new ClusterError(`Cannot read run out of page "${path}": wanted a report.html that is whole`, {
      code: 'RECORD_INVALID',
      cause,
    });
  }
}

function longest(timeline: Run['timeline']): number {
  return timeline.reduce((most, { seconds = 1 }) => Math.max(most, seconds), 1);
}

function compress({ timeline, ...rest }: Run): string {
  const columns = JSON.stringify(pack(timeline), (_, value: unknown) => shorten(value));
  return gzipSync(`${JSON.stringify(rest).slice(0, -1)},"timeline":${columns}}`, { level: 9 }).toString(
    'base64',
  );
}

function shorten(value: unknown): unknown {
  if (typeof value !== 'number' || (Number.isInteger(value) && value < HIGHEST_COUNT)) return value;
  return Number(value.toPrecision(DIGITS));
}
