/** A ledger with a history for tests: 40 builds, of which one is dearer and slower. */
import type { LedgerEntry } from '../../gate/ledger/index.ts';
import { anEntry } from '../../gate/ledger/testing.ts';
import type { MetricName } from '../../gate/metrics/index.ts';

const DAY_MS = 86_400_000;

/** A wobble below 1 % that never repeats. */
const wobble = (index: number): number => 0.008 * Math.sin(index * 2.399);

/** Makes 40 steps: from job 22 on CPU is 10 % worse, from job 23 on the median response 6 %. */
export function aHistory(): LedgerEntry[] {
  return Array.from({ length: 40 }, (_, index) => {
    const [cpu, p50] = [index === 22 ? 0.1 : 0, index === 23 ? 0.06 : 0];
    // Steps that undo the wobble of the job before: levels wobble then, and do not wander.
    const step = Math.exp(wobble(index) - wobble(index - 1));
    return entryOf(
      index,
      { cpu: (1 + cpu) * step - 1, p50: (1 + p50) * step - 1 },
      { base: `c${index}`, candidate: `c${index + 1}` },
    );
  });
}

/** Makes 30 jobs of equal builds. */
export function equalBuilds(): LedgerEntry[] {
  return Array.from({ length: 30 }, (_, index) => entryOf(index, { cpu: wobble(index) }));
}

function entryOf(
  index: number,
  effects: Partial<Record<MetricName, number>>,
  commits?: LedgerEntry['commits'],
): LedgerEntry {
  const at = new Date(Date.UTC(2026, 0, 1) + index * DAY_MS).toISOString();
  const entry = anEntry({ at, ...(commits && { commits }) });
  const findings = Object.entries(effects).flatMap(([metric, effect]) =>
    entry.findings.map((finding) => ({ ...finding, metric: metric as MetricName, effect })),
  );
  return { ...entry, findings };
}
