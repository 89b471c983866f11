/**
 * What the page's scripts are told, as plain data. The page builder writes it into the page as JSON, the
 * scripts read it there; neither knows the other but for these shapes.
 */

/** A moment in seconds since the common start, and the value there; null leaves a gap in the line. */
export type Point = [second: number, value: number | null];

export interface Line {
  /** Written at the right end of the line. */
  label: string;
  /** Which of the looks a line has, from 0: colour, dashes and marks change together. */
  look: number;
  /** Whether the area below is filled, as for the lateness band. */
  filled: boolean;
  points: Point[];
}

export interface ChartModel {
  /** The id of its canvas. */
  id: string;
  /** Unit of the values, for the tooltip; empty for counts. */
  unit: string;
  /** Logarithmic where the largest values would flatten all others. */
  scale: 'linear' | 'logarithmic';
  /** What runs along the bottom: the time, by default, or the share of all values on a scale that widens its end. */
  axis?: 'time' | 'share';
  /** Small charts stand in rows of several and say less. */
  small: boolean;
  lines: Line[];
}

/** Embedded under the id `run-charts`. */
export interface ChartsModel {
  /** Length of the time axis. */
  seconds: number;
  charts: ChartModel[];
}

export interface PhaseModel {
  name: string;
  /** Seconds since the common start; `end` is exclusive. */
  start: number;
  end: number;
  /** Whether the run's own figures are taken from it. */
  measured: boolean;
}

/** An event, drawn as a numbered line through every chart. */
export interface MarkModel {
  /** Number in the table of events, from 1. */
  number: number;
  second: number;
  /** Something the scenario did to the target: its line is solid. */
  isFault: boolean;
}

/** What all charts have in common behind their lines. Embedded under the id `run-frame`. */
export interface FrameModel {
  phases: PhaseModel[];
  marks: MarkModel[];
}

/** What the page of a run that goes on is told, as event `update`, and as `done` when the run is over. */
export interface LiveModel {
  /** What stands in the page's `main`, finished HTML. */
  main: string;
  frame: FrameModel;
  charts: ChartsModel;
  /** The finished report as a whole page; only in `done`. */
  report?: string;
}

/** Rows as columns, as the embedded timeline is written: alike, by name, by place, some missing, or as they were. */
export type Packed =
  | { count: number; all: unknown }
  | { count: number; names: [name: string, column: Packed][] }
  | { count: number; items: Packed[] }
  | { count: number; at: number[]; some: Packed }
  | { count: number; list: unknown[] };
