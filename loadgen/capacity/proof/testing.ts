/** A trial in which the generator had plenty of everything. */
import type { TrialGenerator } from '../trials/index.ts';
import type { ProofInput } from './proof.ts';

/** Plenty, with changes. */
export function generatorWith(changes: Partial<TrialGenerator> = {}): TrialGenerator {
  return {
    processes: [{ id: 0, cpuCores: 0.4, loopDelayMs: 1.2, sockets: 500 }],
    latenessMs: 0.4,
    achieved: 0.9999,
    inFlight: { mean: 30.2, standardError: 0.1, perSecond: 10_000, latencyMs: 3 },
    sockets: { used: 500, limit: 20_000 },
    ports: { used: 500, limit: 28_000 },
    retransmits: [0, 1, 0, 0, 1, 0],
    listenOverflows: [0, 0, 0, 0, 0, 0],
    counts: {
      toTarget: { generator: 600_000, server: 601_000 },
      toUsers: { generator: 600_000, server: 599_000 },
      uncounted: 0,
    },
    ...changes,
  };
}

/** A load that is proven, with changes of the generator and of all else. */
export function proofInput(changes: Partial<ProofInput> = {}): ProofInput {
  return {
    load: 10_000,
    withinMs: 50,
    measuredSeconds: 60,
    generator: generatorWith(),
    ceiling: 16_000,
    split: { single: { share: 0.995, halfWidth: 0.001 }, double: { share: 0.9945, halfWidth: 0.001 } },
    ...changes,
  };
}
