/** What is said between a pathological server and its parent. Times are milliseconds since the epoch. */
import type { Pathology } from './pathology.ts';
import type { Span } from './witness.ts';

/** Options of the start. */
export interface ServerStart {
  pathology: Pathology;
  seed: number;
}

/** Details of `ready`. */
export interface ServerReady {
  port: number;
}

/** From the parent. */
export type ServerOrder =
  /** The measurement begins, and that is what is measured. */
  | ({ type: 'begin' } & Span)
  /** Tell the delays given, for shares of all answers; of one worker, or of all. */
  | { type: 'tell'; shares: readonly number[]; worker?: number };

/** From the server: the answer to `tell`, empty when it gave no delay. */
export type ServerReport = { type: 'given'; delaysMs: number[] };
