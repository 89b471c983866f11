/** Jobs of a ledger for tests. */
import type { LedgerEntry } from './entries.ts';

/** Makes a job of equal builds in which the CPU is not settled. */
export function anEntry(changes: Partial<LedgerEntry> = {}, verdict = 'unchanged'): LedgerEntry {
  return {
    version: 1,
    at: '2026-03-01T12:00:00.000Z',
    scenario: 'echo',
    runner: 'two cores',
    seed: '00',
    findings: [
      {
        metric: 'cpu',
        verdict: verdict as LedgerEntry['findings'][number]['verdict'],
        effect: 0.01,
        spread: 0.03,
        blocks: 12,
        level: 0.0025,
      },
    ],
    ...changes,
  };
}
