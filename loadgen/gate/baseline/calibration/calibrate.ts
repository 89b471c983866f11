/** How fast this host is at the moment, by work that contains no code of this project. */
import { ClusterError } from '../../../../server/errors/index.ts';
import { entry, startChild } from '../../../../server/process/index.ts';

/** CPU microseconds of one piece of each work. */
export interface Calibration {
  readonly json: number;
  readonly echo: number;
  readonly garbage: number;
}

/** Of each work. */
const USUAL_MS = 1_000;
/** Beyond this a process that calibrates hangs, milliseconds. */
const END_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 1_000;

/**
 * Works for about four seconds in a process of its own, so that nothing the caller has in memory takes part.
 *
 * @throws ClusterError PROCESS_FAILED when that process does not come to its end.
 */
export async function calibrate(milliseconds: number = USUAL_MS): Promise<Calibration> {
  const child = await startChild(entry('loadgen/gate/baseline/calibration/main.js'));
  const exited = new Promise<string>((resolve) => child.onExit(({ lastWords }) => resolve(lastWords.trim())));
  const ready = new Promise<Calibration>((resolve) => {
    child.onMessage(({ type, ...rest }) => {
      if (type === 'ready') resolve(rest['details'] as Calibration);
    });
  });
  const overdue = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS);
  child.send({ type: 'start', options: { milliseconds } });
  const end = await Promise.race([ready, exited]);
  child.send({ type: 'stop', withinMs: STOP_WITHIN_MS });
  const lastWords = await exited;
  clearTimeout(overdue);
  if (typeof end !== 'string') return end;
  const message = `Cannot calibrate this host, the process for it ended: ${lastWords || 'it said nothing'}`;
  throw new ClusterError(message, { code: 'PROCESS_FAILED' });
}

/** One figure of several calibrations: the geometric mean of all their parts, in which all works weigh alike. */
export function scoreOf(calibrations: readonly Calibration[]): number {
  const parts = calibrations.flatMap(({ json, echo, garbage }) => [json, echo, garbage]);
  return Math.exp(parts.reduce((sum, micros) => sum + Math.log(micros), 0) / parts.length);
}
