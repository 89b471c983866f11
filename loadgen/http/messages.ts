/** What the coordinator and the process that makes HTTP requests say to each other. */
import type { HttpSpec } from '../plan/index.ts';
import type { HttpRecord } from '../results/index.ts';

/** What requests to make, and when. */
export interface HttpOrder extends Required<HttpSpec> {
  /** `http://host:port` or `https://…`; the path comes behind it. */
  origin: string;
  /** Seconds since the common start. */
  start: number;
  end: number;
  /** An answer later than this is a time-out, seconds. */
  answerWithin: number;
}

/** The only word of that process beyond being ready: what came of it. Then it ends. */
export interface HttpReport {
  type: 'http';
  record: HttpRecord;
}
