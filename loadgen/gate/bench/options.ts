/** What a bench is made with. */
import type { Arm } from '../../../reports/gate/index.ts';
import type { Injection } from './application/index.ts';
import type { WarmUp } from './warm-up.ts';

/** One of the builds that are compared: an installed and built tree of the project. */
export interface BuildFolder {
  readonly directory: string;
}

/** How long everything takes. Shorter than the defaults is for tests of the bench itself. */
export interface Lengths {
  /** A window of fixed work holds as many messages as the base answered in so many seconds. */
  readonly fixedSeconds: number;
  readonly openSeconds: number;
  readonly warmUp: WarmUp;
  /** The probe of the base that everything else is sized by. */
  readonly probeSeconds: number;
  /** At a first rate, which says how busy that keeps the base. */
  readonly trialSeconds: number;
  /** At the rate itself, from which the base's usual p99 is taken. */
  readonly tailSeconds: number;
  /** When nothing was answered for so long, what is under way is lost. */
  readonly patienceSeconds: number;
  /** Idle connections that memory is taken from; 0 takes none. */
  readonly idleUsers: number;
}

/** What a bench is made with. */
export interface BenchOptions {
  readonly builds: Readonly<Record<Arm, BuildFolder>>;
  /** Name of a scenario of the gate. */
  readonly scenario: string;
  /** Planted into the candidate's application. */
  readonly inject?: Injection | undefined;
  /** Default 1 each. */
  readonly workers?: number;
  readonly brokers?: number;
  readonly lengths?: Partial<Lengths>;
  /** Ends what is under way, with an error. */
  readonly signal?: AbortSignal;
}
