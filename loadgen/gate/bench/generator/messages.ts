/** What the bench and its load generator say to each other. */
import type { GateScenario } from '../scenarios.ts';

/** What a load generator is started with. */
export interface GeneratorStart {
  scenario: GateScenario;
  /** When nothing was answered for so long, what is under way is lost. */
  patienceSeconds: number;
}

/** Where a crowd of clients goes. */
export interface CrowdSpec {
  /** Its name in later orders. */
  crowd: string;
  port: number;
  path: string;
  users: number;
  /** Connections that do nothing at all. */
  isIdle: boolean;
}

/** How a crowd loads its server. */
export type Load =
  /** A constant number of messages under way, until so many are answered. */
  | { mode: 'fixed'; messages: number }
  /** The same, for a time. Latencies are not kept. */
  | { mode: 'timed'; seconds: number }
  /** At a constant rate, whatever the answers do, told in slices of a length. */
  | { mode: 'open'; perSecond: number; seconds: number; sliceMs: number };

/** What the bench may order. Orders are obeyed one at a time, and each is answered. */
export type Order =
  | ({ do: 'connect' } & CrowdSpec)
  | { do: 'leave'; crowd: string }
  | { do: 'load'; crowd: string; load: Load };
