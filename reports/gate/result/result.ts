/**
 * Blocks to the answer of a job. The same function ends a live job and reads an old record, so a number that can be
 * printed can be derived again.
 */
import { ClusterError } from '../../../server/errors/index.ts';
import type { Block, Breakdown } from '../measurements/index.ts';
import { differenceOf, type MetricName, metricNames, type Values, valuesOf } from '../metrics/index.ts';
import { type BlockLength, windowsIn } from '../schedule/index.ts';
import { countDisturbed, type Disturbed, doubtsOf, type Guards, keptEntries } from '../validity/index.ts';
import { type Differences, type Finding, judge, type Settings } from '../verdicts/index.ts';
import { complaintsOf, countFaults, type Faults, findBreakdown } from './faults.ts';
import { gatedRow, type Row, watchedRows } from './rows.ts';

/** Everything an answer rests on beside the blocks. */
export interface Terms {
  readonly settings: Settings;
  readonly guards: Guards;
  readonly length: BlockLength;
  /** p99 above which a slice holds a stall. */
  readonly stallLimitMs: number;
}

/**
 * The answer: no metric is worse by an amount that matters, one is, the blocks do not say, or they cannot be
 * believed.
 */
export type Status = 'pass' | 'regression' | 'inconclusive' | 'invalid';

/** What a job says. */
export interface Result {
  readonly status: Status;
  /** Sentences, the most important first. */
  readonly reasons: readonly string[];
  /** Whether more blocks could change anything. */
  readonly isFinished: boolean;
  /** Whole blocks measured, and those that the last look used. */
  readonly blocks: { readonly measured: number; readonly judged: number };
  readonly rows: readonly Row[];
  readonly faults: Faults;
  /** The build whose server ended under load; absent where both held. */
  readonly breakdown?: Breakdown;
  readonly disturbed: Disturbed;
}

/** Attempts at a block after which the host is given up. */
export const MOST_ATTEMPTS = 3;

/**
 * Answers from all blocks of a job in the order they were measured, those given up included.
 * @throws ClusterError `RECORD_INVALID` when a gated metric is missing in a block.
 */
export function resultOf(terms: Terms, blocks: readonly Block[]): Result {
  const values = blocks.flatMap((block) => valuesOfBlock(terms, block) ?? []);
  const differences = differencesOf(values, terms.settings);
  const judgement = judge(terms.settings, differences);
  const sample = { settings: terms.settings, values, differences };
  const faults = countFaults(blocks);
  const breakdown = findBreakdown(blocks);
  const disturbed = countDisturbed(blocks, terms.guards);
  const isHopeless = blocks.some((block) => block.attempt >= MOST_ATTEMPTS && !isWholeBlock(terms, block));
  const { status, reasons, isFinal } = conclude(terms.settings, {
    faults,
    breakdown,
    disturbed,
    isHopeless,
    ...judgement,
  });
  const rows = judgement.findings.map((finding) => gatedRow(finding, sample));
  return {
    status,
    reasons,
    isFinished: isFinal,
    blocks: { measured: values.length, judged: judgement.blocks },
    rows: judgement.blocks === 0 ? [] : [...rows, ...watchedRows(sample, judgement.blocks)],
    faults,
    ...(breakdown && { breakdown }),
    disturbed,
  };
}

/** Tells whether every pair of a block has an attempt that counts. */
export function isWholeBlock({ guards, length }: Pick<Terms, 'guards' | 'length'>, block: Block): boolean {
  return keptEntries(block, { guards, windows: windowsIn(length) }) !== undefined;
}

/** Takes the figures of both builds out of a block; undefined when the block is not whole. */
export function valuesOfBlock({ guards, length, stallLimitMs }: Terms, block: Block): Values | undefined {
  const entries = keptEntries(block, { guards, windows: windowsIn(length) });
  return entries && valuesOf({ entries, memory: block.memory, stallLimitMs });
}

function differencesOf(values: readonly Values[], { hypotheses }: Settings): Differences {
  const differences: Partial<Record<MetricName, number[]>> = {};
  for (const metric of metricNames) {
    const isGated = hypotheses.some((hypothesis) => hypothesis.metric === metric);
    const measured = values.flatMap((value) => value[metric] ?? []);
    if (isGated && measured.length < values.length)
      throw new ClusterError(
        `Cannot judge "${metric}": ${measured.length} of ${values.length} blocks measured it, wanted all`,
        { code: 'RECORD_INVALID' },
      );
    if (measured.length > 0) differences[metric] = measured.map((pair) => differenceOf(metric, pair));
  }
  return differences;
}

interface Evidence {
  faults: Faults;
  breakdown: Breakdown | undefined;
  disturbed: Disturbed;
  /** Whether a block was never whole. */
  isHopeless: boolean;
  findings: readonly Finding[];
  isFinished: boolean;
}

/** A lost message and a server that ended count at once and on any host; all other answers want one to be believed. */
function conclude(
  settings: Settings,
  { disturbed, isHopeless, findings, isFinished, ...broken }: Evidence,
): { status: Status; reasons: string[]; isFinal: boolean } {
  const ofBase = complaintsOf('base', broken);
  if (ofBase.length > 0) return { status: 'invalid', reasons: ofBase, isFinal: true };
  const ofCandidate = complaintsOf('candidate', broken);
  if (ofCandidate.length > 0) return { status: 'regression', reasons: ofCandidate, isFinal: true };
  const doubts = doubtsOf(disturbed);
  if (isHopeless) {
    const reason = `The host disturbed a block ${MOST_ATTEMPTS} times over`;
    return { status: 'invalid', reasons: [reason, ...doubts], isFinal: true };
  }
  if (doubts.length > 0) return { status: 'invalid', reasons: doubts, isFinal: isFinished };
  if (isFinished) return { ...weigh(settings, findings), isFinal: true };
  return { status: 'inconclusive', reasons: ['The job has not come to its end'], isFinal: false };
}

/** A metric that may stay open says so in its row and holds nobody up. */
function weigh(
  { hypotheses }: Settings,
  findings: readonly Finding[],
): { status: Status; reasons: string[] } {
  const worse = findings.filter(({ verdict }) => verdict === 'regression');
  if (worse.length > 0) return { status: 'regression', reasons: [listOf(worse, 'worse than the base')] };
  const awaited = hypotheses.filter(({ mayStayOpen }) => !mayStayOpen).map(({ metric }) => metric);
  const open = findings.filter(
    ({ verdict, metric }) => verdict === 'inconclusive' && awaited.includes(metric),
  );
  if (open.length > 0)
    return { status: 'inconclusive', reasons: [listOf(open, 'not settled by so many blocks')] };
  return { status: 'pass', reasons: [] };
}

function listOf(findings: readonly Finding[], what: string): string {
  return `${findings.map(({ metric }) => metric).join(', ')}: ${what}`;
}
