/** A record and its answer to what is told of them: nothing that prints computes anything after this. */
import { type LedgerEntry, runnerOf, standingOf } from '../../gate/ledger/index.ts';
import { fromScale, metrics } from '../../gate/metrics/index.ts';
import type { GateHeader, GateRecord } from '../../gate/record/index.ts';
import type { Result, Row } from '../../gate/result/index.ts';
import { createStream } from '../../gate/schedule/index.ts';
import { bootstrapInterval, estimateEffect } from '../../gate/statistics/index.ts';
import { toReportBlock } from './blocks.ts';
import { commandsOf } from './commands.ts';
import { looksOf } from './looks.ts';
import { GATE_REPORT_VERSION, type GateReport, type ReportBlock, type ReportRow } from './schema.ts';
import { verdictSentence } from './sentence.ts';

/** Share of resampled intervals that hold the true effect, as far as blocks are many. */
const CONFIDENCE = 0.95;

/** Puts together what is told of a gate. Without a ledger nothing is said of how the gate itself has done. */
export function reportOf(
  { header, blocks }: Pick<GateRecord, 'header' | 'blocks'>,
  result: Result,
  ledger?: readonly LedgerEntry[],
): GateReport {
  const measured = blocks.map((block) => toReportBlock(header, block));
  const { startedAt, scenario, base, candidate, injected, attempt, seed, length, time, host } = header;
  const { status, reasons, isFinished, faults, breakdown, disturbed } = result;
  const { windows, causes } = disturbed;
  return {
    version: GATE_REPORT_VERSION,
    ...{ startedAt, scenario, base, candidate, attempt, seed, length },
    ...(time && { time: { ...time } }),
    ...(injected !== undefined && { injected }),
    level: header.settings.level,
    looks: header.settings.looks.map((look) => look.blocks),
    offeredPerSecond: header.offeredPerSecond,
    stallLimitMs: header.stallLimitMs,
    host,
    status,
    sentence: verdictSentence(result, header),
    reasons: [...reasons],
    isFinished,
    blocks: { ...result.blocks },
    rows: result.rows.map((row) => rowOf(row, { header, measured })),
    faults,
    ...(breakdown && { breakdown }),
    disturbed: { ...disturbed, windows: { ...windows }, causes: { ...causes } },
    measured,
    ...(ledger && { ledger: ledgerOf(header, { rows: result.rows, ledger }) }),
    commands: commandsOf(header, result),
  };
}

function rowOf(
  row: Row,
  { header, measured }: { header: GateHeader; measured: readonly ReportBlock[] },
): ReportRow {
  const { metric, verdict, limit, falseFinds, blocks, differences, ...others } = row;
  const { settings } = header;
  const { title, unit, scale, materiality, margin } = metrics[metric];
  const rules = settings.hypotheses.find((one) => one.metric === metric) ?? { materiality, margin };
  const own = measured.filter(({ index }) => index < blocks);
  return {
    ...{ metric, title, unit, scale },
    ...(verdict !== undefined && { verdict }),
    ...others,
    ...(limit !== undefined && { limit }),
    ...(falseFinds !== undefined && { falseFinds }),
    blocks,
    pairsAgain: own.reduce((sum, block) => sum + block.pairsAgain, 0),
    // Of a watched metric some blocks may be missing.
    look: settings.looks.findIndex((look) => look.blocks >= blocks) + 1,
    materiality: rules.materiality,
    margin: rules.margin,
    bootstrap: bootstrapOf(row, header.seed),
    differences: [...differences],
    looks: looksOf(settings, row),
  };
}

/** Of the same effect as the exact bounds, in the same words. */
function bootstrapOf({ metric, method, blocks, differences }: Row, seed: string): ReportRow['bootstrap'] {
  const { lower, upper } = bootstrapInterval(differences.slice(0, blocks), {
    estimate: (values) => estimateEffect(values, method),
    confidence: CONFIDENCE,
    draw: createStream(seed, `bootstrap ${metric}`),
  });
  return { lower: fromScale(metric, lower), upper: fromScale(metric, upper) };
}

function ledgerOf(
  { scenario, host }: GateHeader,
  { rows, ledger }: { rows: readonly Row[]; ledger: readonly LedgerEntry[] },
): GateReport['ledger'] {
  const runner = runnerOf(host);
  const standings = rows
    .filter(({ verdict }) => verdict !== undefined)
    .map(({ metric }) => standingOf(ledger, { metric, scenario, runner }));
  return { runner, standings: standings.map((standing) => ({ ...standing })) };
}
