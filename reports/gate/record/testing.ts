/** A header for tests. */
import { deriveSeed } from '../schedule/index.ts';
import { defaultGuards } from '../validity/index.ts';
import { pullRequestSettings } from '../verdicts/index.ts';
import type { GateHeader } from './header.ts';

/** Makes the header of a job of a pull request. */
export function aHeader(changes: Partial<GateHeader> = {}): GateHeader {
  return {
    type: 'gate',
    version: 1,
    startedAt: '2026-03-01T12:00:00.000Z',
    scenario: 'echo',
    base: { name: 'main', commit: 'a1' },
    candidate: { name: 'HEAD', commit: 'b2' },
    attempt: 1,
    seed: deriveSeed({ base: 'a1', candidate: 'b2', scenario: 'echo', attempt: 1 }),
    length: 'long',
    settings: mutable(pullRequestSettings({ countsInstructions: true })),
    guards: defaultGuards,
    offeredPerSecond: 4_000,
    stallLimitMs: 15,
    host: { cpus: 2, model: 'a processor', kernel: '6.1', node: '20.20.0' },
    ...changes,
  };
}

/** Through JSON, as a header on disk is. */
function mutable(settings: unknown): GateHeader['settings'] {
  return JSON.parse(JSON.stringify(settings)) as GateHeader['settings'];
}
