/**
 * The record of a gate on disk: a header, a line for each block as it ends, and the answer. Whatever a report prints
 * can be derived from the header and the blocks alone.
 */
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { appendLine, cannotWrite } from '../../../loadgen/results/index.ts';
import { ClusterError } from '../../../server/errors/index.ts';
import { parse } from '../lines/index.ts';
import { type Block, blockSchema } from '../measurements/index.ts';
import type { Result } from '../result/index.ts';
import { planBlocks } from '../schedule/index.ts';
import {
  GATE_RECORD_VERSION,
  type GateHeader,
  headerSchema,
  type LooksLine,
  lookAt,
  looksLineSchema,
} from './header.ts';

/** Name of the record in the folder of a gate. */
export const GATE_RECORD_NAME = 'gate.jsonl';

const blockLineSchema = blockSchema.extend({ type: z.literal('block') });

/** Reports read the answer; whether it follows from the blocks is for `recompute` to say. */
const finalLineSchema = z.object({ type: z.literal('final'), result: z.looseObject({ status: z.string() }) });

/** What is wanted of the place of a record. */
const WRITABLE = 'a folder that exists and can be written to';

/** One line of a gate record. */
export type GateLine =
  | GateHeader
  | (Block & { type: 'block' })
  | LooksLine
  | { type: 'final'; result: Result };

/** A gate record, read back. */
export interface GateRecord {
  /** With the looks as they were in the end. */
  readonly header: GateHeader;
  /** In the order they were measured, those given up included. */
  readonly blocks: readonly Block[];
  /** The answer as it was written; absent when the job did not come to its end. */
  readonly result?: unknown;
}

/**
 * Makes the file with its first line, and gives the function that appends the others. A line is with the operating
 * system when that returns. An older record is left alone.
 * @throws ClusterError `OPTION_INVALID` when there is a file already or none can be written, `RESULTS_UNWRITTEN` when
 * the disk is full; so does the function, and of its line nothing is left then.
 */
export function createGateRecord(path: string, header: GateHeader): (line: GateLine) => void {
  const append = (line: GateLine): void => {
    try {
      appendLine(path, line);
    } catch (error) {
      const besides = '"scbench report" tells what the blocks before say';
      throw cannotWrite(`gate record "${path}"`, error, { wanted: WRITABLE, besides });
    }
  };
  create(path);
  try {
    append(header);
  } catch (error) {
    rmSync(path); // Without a header it is no record, and would only be taken for one.
    throw error;
  }
  return append;
}

function create(path: string): void {
  try {
    closeSync(openSync(path, 'ax'));
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EEXIST';
    const wanted = isTaken ? 'a folder without the record of another gate' : WRITABLE;
    throw cannotWrite(`gate record "${path}"`, error, { wanted });
  }
}

/**
 * Reads a gate record. A last line that was cut short is left out.
 * @throws ClusterError `RECORD_INVALID` naming the line, when the file is no gate record, of a newer version, or has
 * blocks that do not follow the coins of its seed.
 */
export function readGateRecord(path: string): GateRecord {
  const lines = readText(path).split('\n');
  const [first = '', ...others] = lines;
  let header = readHeader(path, first);
  const blocks: Block[] = [];
  let result: unknown;
  others.forEach((text, index) => {
    if (text === '') return;
    const number = index + 2;
    const line = parse(text);
    // Every line ends with a line feed, so only a line that was cut short can be the last.
    if (line === undefined && number === lines.length) return;
    if (isTyped(line, 'block')) blocks.push(readBlock(path, { line, number, header }));
    else if (isTyped(line, 'looks')) header = lookAt(header, check(looksLineSchema, { path, line, number }));
    else if (isTyped(line, 'final')) result = check(finalLineSchema, { path, line, number }).result;
    else if (!isTyped(line)) throw invalid(path, number, 'one JSON object with a type');
  });
  return { header, blocks, ...(result !== undefined && { result }) };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const wanted = 'wanted a file that exists';
    throw new ClusterError(`Cannot read gate record "${path}": ${wanted}`, { code: 'RECORD_INVALID', cause });
  }
}

function readHeader(path: string, text: string): GateHeader {
  const line = parse(text);
  if (!isTyped(line, 'gate')) throw invalid(path, 1, 'the header of a gate record');
  const { version } = check(z.object({ version: z.int() }), { path, line, number: 1 });
  if (version > GATE_RECORD_VERSION)
    throw new ClusterError(
      `Cannot read gate record "${path}": its version is ${version}, wanted ${GATE_RECORD_VERSION} or older`,
      { code: 'RECORD_INVALID' },
    );
  return check(headerSchema, { path, line, number: 1 });
}

/** The coins make the test exact: a record that does not follow them proves nothing. */
function readBlock(
  path: string,
  { line, number, header }: { line: object; number: number; header: GateHeader },
): Block {
  const { type: _, ...block } = check(blockLineSchema, { path, line, number });
  const plan = planBlocks(header.seed, { blocks: block.index + 1, length: header.length }).at(-1);
  if (block.entries.some(({ position, arm }) => plan?.windows[position] !== arm))
    throw invalid(path, number, 'windows in the order that the seed drew');
  return block;
}

function check<T>(
  schema: z.ZodType<T>,
  { path, line, number }: { path: string; line: unknown; number: number },
): T {
  const checked = schema.safeParse(line);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw invalid(path, number, `"${issue?.path.join('.')}" to be otherwise: ${issue?.message}`);
}

function isTyped(line: unknown, type?: string): line is { type: string } {
  if (typeof line !== 'object' || line === null || !('type' in line)) return false;
  return typeof line.type === 'string' && (type === undefined || line.type === type);
}

function invalid(path: string, number: number, wanted: string): ClusterError {
  return new ClusterError(`Cannot read line ${number} of gate record "${path}": wanted ${wanted}`, {
    code: 'RECORD_INVALID',
  });
}
