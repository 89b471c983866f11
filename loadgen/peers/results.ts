/** What a comparison leaves behind; also the layout of its JSON file. */
import type { HostFacts } from '../results/index.ts';
import { median, type Ratio, ratioOf } from './ratio.ts';

/** A whole comparison. */
export interface Comparison {
  version: 1;
  startedAt: string;
  /** Idle sockets; other numbers of clients are parts of this. */
  sockets: number;
  rounds: number;
  host: HostFacts;
  subjects: { name: string; setup: string }[];
  /** Those that were asked for and were not to be had. */
  missing: { name: string; reason: string }[];
  rows: Row[];
  /** What is measured of our own server alone. */
  ownRows: Row[];
  /** False when it was interrupted: then rows are missing. */
  isComplete: boolean;
}

/** One figure of all subjects. */
export interface Row {
  measure: string;
  title: string;
  unit: string;
  /** One entry a subject, in their order; in rows of our own alone just one. */
  cells: Cell[];
}

/** One figure of one subject; NaN, which is null in JSON, where it has none. */
export interface Cell {
  median: number;
  rounds: number[];
  /** The first subject's figure over this one's; not there for the first subject itself. */
  ratio?: Ratio;
}

/** Makes a row of the rounds of each subject. */
export function createRow(labels: Omit<Row, 'cells'>, rounds: readonly number[][]): Row {
  const [first = []] = rounds;
  const cells = rounds.map((values, index): Cell => {
    const cell = { median: median(values), rounds: values };
    return index === 0 ? cell : { ...cell, ratio: ratioOf(first, values) };
  });
  return { ...labels, cells };
}
