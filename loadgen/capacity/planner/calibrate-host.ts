/** How fast this host is, by work that every type of machine can be asked to do. */
import { calibrate, scoreOf } from '../../gate/baseline/calibration/index.ts';
import type { Score } from '../fleet/index.ts';

/**
 * Works alone first, then with as many processes as there are processors; some ten seconds.
 * @throws ClusterError PROCESS_FAILED when a process for it does not come to its end.
 */
export async function calibrateHost(
  processors: number,
  measure: typeof calibrate = calibrate,
): Promise<Score> {
  const single = scoreOf([await measure()]);
  const together = await Promise.all(Array.from({ length: processors }, () => measure()));
  return { single, busy: scoreOf(together) };
}
