import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  appendEntry,
  type Block,
  type BlockPlan,
  chainRatios,
  confirmingSettings,
  createGateRecord,
  defaultGuards,
  deriveSeed,
  drawFromBank,
  exitCodeOf,
  GATE_RECORD_VERSION,
  type GateHeader,
  groupChanges,
  holdAgainst,
  LEDGER_VERSION,
  measureBlock,
  metrics,
  nightlySettings,
  type OpenBlock,
  type Place,
  planFolders,
  pullRequestSettings,
  type Result,
  type Row,
  readLedger,
  readTrend,
  recompute,
  runGate,
  sliceMs,
  stallLimitMs,
  standingOf,
  type Window,
  watchOnly,
} from './index.ts';
import { aWindow } from './measurements/testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'gate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const offeredPerSecond = 4_000;

function createHeader(attempt: number): GateHeader {
  const compared = { base: 'a1', candidate: 'b2', scenario: 'echo', attempt };
  const { slices = [] } = aWindow({ mode: 'open' });
  return {
    type: 'gate',
    version: GATE_RECORD_VERSION,
    startedAt: new Date(0).toISOString(),
    scenario: compared.scenario,
    base: { name: 'main', commit: compared.base },
    candidate: { name: 'HEAD', commit: compared.candidate },
    attempt,
    seed: deriveSeed(compared),
    length: 'short',
    settings: structuredClone(pullRequestSettings({ countsInstructions: true })) as GateHeader['settings'],
    guards: defaultGuards,
    offeredPerSecond,
    stallLimitMs: stallLimitMs(slices),
    host: { cpus: 2, model: 'a processor', kernel: '6.1', node: process.versions.node },
  };
}

/** Two servers of which one costs a fifth more. */
function openBlock(plan: BlockPlan): OpenBlock {
  return {
    async measure({ mode, arm, position }: Place): Promise<Window> {
      const wobble = 1 + ((plan.index * 7 + position * 3) % 11) / 1_000;
      return aWindow({ mode, factor: (arm === 'candidate' ? 1.2 : 1) * wobble });
    },
    async close() {},
  };
}

async function runJob(path: string): Promise<Result> {
  const header = createHeader(1);
  const measure = (plan: BlockPlan, attempt: number): Promise<Block> =>
    measureBlock(openBlock(plan), { plan, attempt, guards: header.guards });
  const { result } = await runGate({ header, measure, append: createGateRecord(path, header) });
  return result;
}

test('runGate() takes a job from its seed to its exit code, and its record says the same again', async () => {
  const path = join(folder, 'gate.jsonl');
  const result = await runJob(path);
  expect(result.status).toBe('regression');
  expect(exitCodeOf(result.status)).toBe(1);
  expect(recompute(path)).toMatchObject({ differences: [], result: { status: 'regression' } });
  const titles = result.rows.map(({ metric, verdict }: Row) => [metrics[metric].title, verdict]);
  expect(titles[0]).toEqual(['CPU per message', 'regression']);
  expect(sliceMs(offeredPerSecond)).toBe(250);
});

test('standingOf() hears of jobs through the ledger', async () => {
  const result = await runJob(join(folder, 'again.jsonl'));
  const path = join(folder, 'ledger.jsonl');
  const gated = result.rows.filter(({ verdict }) => verdict !== undefined);
  appendEntry(path, {
    version: LEDGER_VERSION,
    at: new Date(0).toISOString(),
    scenario: 'echo',
    runner: 'two cores',
    seed: createHeader(1).seed,
    injected: { name: 'parse', effect: 0.2 },
    findings: gated.map(({ metric, verdict, effect, spread, blocks, limit }) => {
      return { metric, verdict: verdict!, effect, spread, blocks, level: limit! };
    }),
  });
  const standing = standingOf(readLedger(path), { metric: 'cpu', scenario: 'echo', runner: 'two cores' });
  expect(standing.jobs).toBe(0);
  expect(standing.injected!.found).toBeCloseTo(0.2, 1);
});

test('readTrend() and groupChanges() tell when several metrics changed together', () => {
  const steps = Array.from({ length: 40 }, (_, index) => (index === 20 ? 0.1 : 0.004 * (-1) ** index));
  const { changes } = readTrend(chainRatios(steps), { blocks: 480 });
  const found = changes.flatMap(({ at }) => [
    { metric: 'cpu', at },
    { metric: 'p50', at: at + 1 },
  ]);
  expect(groupChanges(found)).toMatchObject([{ from: 20, to: 21 }]);
});

test('drawFromBank() takes the differences of a record that was derived again', async () => {
  const path = join(folder, 'bank.jsonl');
  await runJob(path);
  const { result, record } = recompute(path);
  const bank = Object.fromEntries(result.rows.map(({ metric, differences }) => [metric, differences]));
  const rates = drawFromBank(bank, { settings: record.header.settings, effect: 0, jobs: 20, seed: '00' });
  expect(rates.jobs).toBe(20);
});

test('holdAgainst() has nothing to say before something was stored', () => {
  const current = { at: new Date(0), value: 20, calibration: 1, cpuModel: 'a processor', nodeMajor: 20 };
  expect(holdAgainst([], current).verdict).toBe('learning');
});

test('planFolders(), nightlySettings(), confirmingSettings() and watchOnly() stand at the door', () => {
  expect(['base', 'candidate']).toContain(planFolders(createHeader(2).seed));
  expect(nightlySettings({ countsInstructions: true }).looks.at(-1)!.blocks).toBe(48);
  expect(confirmingSettings(createHeader(2).settings, ['cpu']).hypotheses).toHaveLength(1);
  expect(watchOnly(createHeader(2).settings, ['tail']).hypotheses).toHaveLength(3);
});
