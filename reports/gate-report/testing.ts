/** Gates for the tests of their reports, measured on a bench without a machine. Never imported by anything else. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LedgerEntry, runnerOf } from '../gate/ledger/index.ts';
import { anEntry } from '../gate/ledger/testing.ts';
import type { GateHeader, GateLine } from '../gate/record/index.ts';
import { aHeader } from '../gate/record/testing.ts';
import { measureBlock, recompute, runGate, ServerBrokeDown } from '../gate/run/index.ts';
import { createWorld, type World } from '../gate/run/testing.ts';
import { type GateReport, reportOf } from './figures/index.ts';

/** What happens to a job. */
export const worlds = {
  equal: () => ({}),
  slower: ({ arm }, { draw }) => ({
    factor: arm === 'candidate' ? 1.05 : 1,
    waitingShare: draw() < 0.02 ? 0.3 : 0,
  }),
  better: ({ arm }) => ({ factor: arm === 'candidate' ? 0.8 : 1 }),
  noisy: (_, { draw }) => ({ factor: Math.exp(draw() - 0.5) }),
  disturbed: (_, { draw }) => ({ waitingShare: draw() < 0.45 ? 0.3 : 0 }),
  lossy: ({ arm }, { measured }) => ({ lost: arm === 'candidate' && measured >= 30 ? 1 : 0 }),
  broken: ({ arm }, { measured }) => {
    if (arm === 'base' || measured < 30) return {};
    throw new ServerBrokeDown({ arm, why: '1 of its 4 processes ended' });
  },
} as const satisfies Record<string, World>;

/** Jobs that were measured: the same takes a second, and comes out the same. */
const measured = new Map<string, Promise<GateLine[]>>();

/** Measures a job and gives the lines of its record. */
export function gateLines(name: keyof typeof worlds, changes: Partial<GateHeader> = {}): Promise<GateLine[]> {
  const key = JSON.stringify([name, changes]);
  const lines = measured.get(key) ?? measure(name, changes);
  measured.set(key, lines);
  return lines;
}

async function measure(name: keyof typeof worlds, changes: Partial<GateHeader>): Promise<GateLine[]> {
  const header = aHeader({ startedAt: '2026-03-01T12:00:00.000Z', ...changes });
  const open = createWorld('report', worlds[name]);
  const lines: GateLine[] = [header];
  await runGate({
    header,
    measure: (plan, attempt) => measureBlock(open(plan), { plan, attempt, guards: header.guards }),
    append: (line) => lines.push(line),
  });
  return lines;
}

/** Writes lines as a record is on disk. */
export function toText(lines: readonly GateLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** What was told of them. */
const told = new Map<string, Promise<GateReport>>();

/** Measures a job and gives what is told of it. */
export async function gateReport(
  name: keyof typeof worlds,
  changes: Partial<GateHeader> & { ledger?: LedgerEntry[] } = {},
): Promise<GateReport> {
  const key = JSON.stringify([name, changes]);
  const report = told.get(key) ?? tell(name, changes);
  told.set(key, report);
  return structuredClone(await report);
}

async function tell(
  name: keyof typeof worlds,
  { ledger, ...changes }: Partial<GateHeader> & { ledger?: LedgerEntry[] },
): Promise<GateReport> {
  const folder = mkdtempSync(join(tmpdir(), 'gate-report-'));
  try {
    const path = join(folder, 'gate.jsonl');
    writeFileSync(path, toText(await gateLines(name, changes)));
    const { record, result } = recompute(path);
    return reportOf(record, result, ledger);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Gives a ledger of thirty jobs of equal builds, one of them red, and one injected slowdown. */
export function aLedger(): LedgerEntry[] {
  const runner = runnerOf(aHeader().host);
  const injected = anEntry({ runner, injected: { name: 'parse', effect: 0.1 } }, 'regression');
  return [
    ...Array.from({ length: 30 }, (_, index) =>
      anEntry({ runner }, index === 7 ? 'regression' : 'unchanged'),
    ),
    injected,
  ];
}
