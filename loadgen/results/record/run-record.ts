/**
 * The shapes of a run record, `run.jsonl`: one JSON object a line, in this order: a header, then
 * windows, probes and events as they come in, then one final line. Everything a report says is made
 * from these lines. Times inside a run are seconds since the common start unless a name says otherwise.
 */
import type { Final } from './final.ts';
import type { Header } from './header.ts';
import type { Probe, ProbedProcess } from './probe.ts';
import type { Window } from './window.ts';

/** What the HTTP side of the target answered, one line near the end. Latency: from the actual request on. */
export interface HttpRecord {
  type: 'http';
  /** When requests began, and for how long they were made. */
  start: number;
  seconds: number;
  /** Answers by their status. */
  status: Record<string, number>;
  /** Requests without an answer, those that timed out among them. */
  errors: number;
  timedOut: number;
  latency?: string;
}

/** Something that happened once: a process lost, a worker restarted, an interruption. */
export interface RunEvent {
  type: 'event';
  second: number;
  kind:
    | 'worker-exit'
    | 'worker-start'
    | 'broker-exit'
    | 'broker-start'
    | 'target-exit'
    | 'process-lost'
    | 'unwritten'
    | 'interrupted'
    | 'fault'
    | 'fault-failed'
    | 'rule'
    | 'warning';
  text: string;
  /** The process of the target it speaks of. Absent in version 1, and when there is none. */
  process?: { role: ProbedProcess['role']; id: number; pid?: number };
  /** Of an end: the signal that brought it about. Absent when there was none. */
  signal?: string;
  /** Of a fault: the processes that it killed, by their pids. Absent when there are none. */
  killed?: number[];
}

/** One line of a run record. */
export type RecordLine = Header | Window | Probe | RunEvent | HttpRecord | Final;
