/** The file of a baseline: one measurement a line, with everything that must be alike to compare it. */
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { readLines } from '../../../reports/gate/index.ts';
import { appendLine, cannotWrite, makePath } from '../../results/index.ts';

/** Version of the lines this program writes. */
const VERSION = 1;

const pointSchema = z.object({
  version: z.int().positive().max(VERSION),
  at: z.iso.datetime(),
  scenario: z.string(),
  /** What was offered: another load costs another price for each message. */
  load: z.object({ users: z.int().positive(), messagesPerSecond: z.number().positive(), workers: z.int() }),
  /** Of the server's processes together. */
  cpuMicrosPerMessage: z.number().positive(),
  /** Of the work that contains no code of this project, done before and after. */
  calibration: z.number().positive(),
  host: z.object({
    cpuModel: z.string(),
    cpus: z.int().positive(),
    /** Absent where the kernel does not tell. */
    microcode: z.string().optional(),
    kernel: z.string(),
    node: z.string(),
  }),
  /** Of the project, with "-dirty" when it had changes; absent outside a repository. */
  commit: z.string().optional(),
});

/** One measurement. */
export type Point = z.infer<typeof pointSchema>;

/** Makes a point of this version. */
export function makePoint(point: Omit<Point, 'version'>): Point {
  return { version: VERSION, ...point };
}

/**
 * Appends a measurement, whole or not at all, and makes the file with the first.
 * @throws ClusterError OPTION_INVALID when the file cannot be written, RESULTS_UNWRITTEN when the disk is full.
 */
export function appendPoint(path: string, point: Point): void {
  withWriting(path, () => appendLine(path, point));
}

/**
 * Sees that the file can be written before anybody waits for a measurement, and leaves none behind.
 * @throws ClusterError OPTION_INVALID when it cannot.
 */
export function refuseUnwritable(path: string): void {
  withWriting(path, () => {
    makePath(dirname(path));
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
  });
}

function withWriting(path: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    throw cannotWrite(`baseline "${path}"`, cause, {
      wanted: 'a file that can be appended to',
      besides: 'the measurements before are kept',
    });
  }
}

/**
 * Reads all measurements in the order they were made.
 * @throws ClusterError RECORD_INVALID when there is no such file, or naming the line that is none.
 */
export function readPoints(path: string): Point[] {
  return readLines(path, {
    name: 'baseline',
    file: 'a file that "scbench baseline record" wrote',
    line: `a measurement of version ${VERSION} or older`,
    schema: pointSchema,
  });
}
