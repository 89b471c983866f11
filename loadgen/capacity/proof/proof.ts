/**
 * Whether a capacity is the server's. What the generator, its host or its connections ended is no capacity but a lower
 * bound, and is worded so: the first published figure of this kind of server was its load generator's.
 */
import type { TrialGenerator } from '../trials/index.ts';
import { atLeast, atMost, type Finding } from './finding.ts';
import { guardsOf } from './guards.ts';

/** A share of scheduled messages in time, and half the width of its 90 % interval. */
export interface AttainedShare {
  readonly share: number;
  readonly halfWidth: number;
}

/** What a proof is made from. */
export interface ProofInput {
  /** Messages a second that are to be reported. */
  readonly load: number;
  /** Limit of the objective, milliseconds. */
  readonly withinMs: number;
  /** Length of the trial at that load, seconds. */
  readonly measuredSeconds: number;
  readonly generator: TrialGenerator;
  /** Messages a second that the same generator did with a server that does nothing. Absent: not measured. */
  readonly ceiling?: number;
  /** Attained at that load, and with twice the load processes. Absent: not measured. */
  readonly split?: { readonly single: AttainedShare; readonly double: AttainedShare };
}

/** The proof. */
export interface Proof {
  readonly proven: boolean;
  readonly findings: readonly Finding[];
  /** What stands before the load where it is reported. */
  readonly wording: '' | 'at least';
  /** What stands behind it. */
  readonly remark: '' | '(generator-limited)';
}

/** How many times the reported load the generator must do alone. */
const LEAST_CEILING = 1.5;

/** Little's law: messages under way against rate times time. */
const MOST_LITTLE = 0.05;

/** Standard errors by which a mean of seconds may be off besides. */
const STANDARD_ERRORS = 2;

/** Proves a load; what was not measured is not proven. */
export function prove(input: ProofInput): Proof {
  const findings = [
    ...guardsOf(input.generator, input),
    ceilingFinding(input),
    splitFinding(input),
    littleFinding(input.generator),
  ];
  const proven = findings.every(({ ok }) => ok);
  return {
    proven,
    findings,
    wording: proven ? '' : 'at least',
    remark: proven ? '' : '(generator-limited)',
  };
}

function ceilingFinding({ ceiling = Number.NaN, load }: ProofInput): Finding {
  return atLeast('load with a server that does nothing, of the reported one', ceiling / load, LEAST_CEILING);
}

/** Both intervals count: neither share is known better than its own. */
function splitFinding({ split }: ProofInput): Finding {
  const name = 'share in time with twice the load processes, difference';
  if (split === undefined) return atMost(name, Number.NaN, 0);
  const { single, double } = split;
  return atMost(name, Math.abs(double.share - single.share), Math.hypot(single.halfWidth, double.halfWidth));
}

function littleFinding({ inFlight }: TrialGenerator): Finding {
  const expected = (inFlight.perSecond * inFlight.latencyMs) / 1_000;
  const allowed = MOST_LITTLE * expected + STANDARD_ERRORS * inFlight.standardError;
  return atMost("Little's law: messages under way, off by", Math.abs(inFlight.mean - expected), allowed);
}
