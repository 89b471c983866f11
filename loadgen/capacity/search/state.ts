/** What a search knows and asks for. All of it is plain data: a search goes on from the record of its trials. */
import type { Reason, Slo } from '../slo/index.ts';

/**
 * What a trial is for: climbing to the first failure; coming back after an overload; comparing the host with itself;
 * closing in, on the objective's capacity and then on those at the other limits; proving what is published.
 */
export type Phase = 'ramp' | 'recovery' | 'reference' | 'locate' | 'limits' | 'confirm';

/** What a search is to find, and how long it may take. Loads are messages scheduled per second. */
export interface SearchSettings {
  readonly slo: Slo;
  /** A guess of the capacity. */
  readonly estimate: number;
  /** Where the ramp begins, as a share of the guess. Default 0.05; more where the guess rests on a search. */
  readonly start: number;
  /** The load of one user, below which there is nothing to try. */
  readonly smallestLoad: number;
  /** Length of a trial of the ramp and of a reference trial, in seconds, without settling. Default 5. */
  readonly rampSeconds: number;
  /** Length of a trial that locates. Default 10. */
  readonly trialSeconds: number;
  /** Length of a trial that confirms. Default 60; 600 where time is at hand. */
  readonly soakSeconds: number;
  /** Time within which a target must have recovered from an overload. Default 30. */
  readonly recoverySeconds: number;
  /** Trials in all. Default 24. */
  readonly mostTrials: number;
  /** Width of the 90 % interval, as a share of the median, that is narrow enough. Default 0.06. */
  readonly width: number;
  /**
   * Whether it only locates, without a soak, a recovery or reference trials: for one of several points of a law, of
   * which none is published by itself. Default false.
   */
  readonly locatesOnly: boolean;
  /** Trials that may be spent on the other limits once this objective's capacity is located. Default 4. */
  readonly limitTrials: number;
}

/** A trial to be run. */
export interface Request {
  readonly kind: 'trial';
  readonly phase: Phase;
  /** Messages to be scheduled per second. */
  readonly load: number;
  /** Seconds to be measured, after settling. */
  readonly seconds: number;
  /** Whether the target has to be started anew before: it fell over, or stays slow after an overload. */
  readonly fresh: boolean;
  /** Load to be offered in the same run before, for the length of a ramp trial; of a recovery trial alone. */
  readonly overload?: number;
}

/** What a trial showed. */
export interface Outcome {
  /** Messages scheduled per second: the load asked for, up to whole users. */
  readonly load: number;
  /** Whether the objective was met; of a recovery trial, whether the target recovered in time. */
  readonly ok: boolean;
  /** The same for the objective's share at each of the common limits. */
  readonly okAtLimits: readonly boolean[];
  readonly reasons: readonly Reason[];
  /** A sentence for each guard of the load generator that tripped. With any, the trial says nothing of the target. */
  readonly guards: readonly string[];
  /** Share of its processor, or of its quota, that the busiest process of the target used: 1 for all of it. */
  readonly utilisation?: number;
  /** Microseconds of processor time that the target spent on a message. */
  readonly cpuMicrosPerMessage?: number;
  /** Of a recovery trial that is ok: seconds until the objective held again. */
  readonly recoveredAfterSeconds?: number;
  /** The target's last words, when it ended under the load. */
  readonly fellOver?: string;
}

/** A trial and what it showed. */
export interface Attempt {
  readonly request: Request;
  readonly outcome: Outcome;
}

/** A search so far: what comes next follows from it alone. */
export interface SearchState {
  readonly settings: SearchSettings;
  /** In the order they were run. */
  readonly attempts: readonly Attempt[];
}
